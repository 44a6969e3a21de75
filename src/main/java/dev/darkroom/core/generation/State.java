package dev.darkroom.core.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of a generation; {@code NextStep} decides what follows. */
public sealed interface State {

    /** The state's name as it is stored and logged. */
    Status status();

    /** When the row ended; empty while it has not. */
    default Optional<Instant> endedAt() {
        return switch (this) {
            case Completed completed -> Optional.of(completed.finishedAt());
            case Failed failed -> Optional.of(failed.finishedAt());
            case Cancelled cancelled -> Optional.of(cancelled.finishedAt());
            case Queued _, Submitting _, Unconfirmed _, Processing _ -> Optional.empty();
        };
    }

    /** A terminal state without addresses of images and without the error's text. */
    default State erased() {
        return switch (this) {
            case Completed(var predictionId, var outputs, var inference, var finishedAt) ->
                new Completed(predictionId, outputs.stream().map(Output::erased).toList(), inference, finishedAt);
            case Failed(var predictionId, var failure, var finishedAt) ->
                new Failed(predictionId, new Failure(failure.code(), ""), finishedAt);
            case Cancelled cancelled -> cancelled;
            case Queued _, Submitting _, Unconfirmed _, Processing _ ->
                throw new IllegalStateException("only a terminal state can be erased");
        };
    }

    /**
     * The row waits in the queue.
     *
     * @param round the round of the fair queue in which it is submitted, 0 to go before all others
     * @param refusal null when the provider has not refused it
     * @param earlier an attempt whose outcome stayed unknown, so that its prediction may still appear; null when there
     *     is none
     */
    record Queued(
            long round, @Nullable Refusal refusal, @Nullable Attempt earlier) implements State {

        /** New in the queue. */
        public static Queued at(long round) {
            return new Queued(round, null, null);
        }

        /** Goes before all others, because the outcome of its first attempt stayed unknown. */
        public static Queued resubmission(Attempt earlier) {
            return new Queued(0, null, earlier);
        }

        public Queued withRound(long nextRound) {
            return new Queued(nextRound, refusal, earlier);
        }

        /** Records a refusal at {@code now}, the first or a further one. */
        public Queued refused(String reason, Instant now) {
            return new Queued(round, new Refusal(refusal == null ? now : refusal.since(), now, reason), earlier);
        }

        @Override
        public Status status() {
            return Status.QUEUED;
        }
    }

    /**
     * The provider has refused the paid call and created nothing.
     *
     * @param since when the provider first refused it
     * @param lastAt when the provider last refused it
     * @param reason the reason of the last refusal, for people; it contains no secret
     */
    record Refusal(Instant since, Instant lastAt, String reason) {}

    /**
     * The row is claimed: the paid call may be in flight.
     *
     * @param expiresAt from then on the call's outcome counts as unknown
     */
    record Submitting(Attempt attempt, Instant expiresAt) implements State {
        @Override
        public Status status() {
            return Status.SUBMITTING;
        }
    }

    /**
     * The outcome of the paid call is unknown, so it is not repeated.
     *
     * @param reason why it is unknown, for people; it contains no secret
     */
    record Unconfirmed(Attempt attempt, String reason) implements State {
        @Override
        public Status status() {
            return Status.UNCONFIRMED;
        }
    }

    /**
     * The provider has accepted the request.
     *
     * @param upstreamPath the path that the paid call was sent to
     * @param doubt the provider's last answer if it does not count yet, else null
     */
    record Processing(
            PredictionId predictionId,
            Instant submittedAt,
            String upstreamPath,
            @Nullable Doubt doubt) implements State {

        public Processing(PredictionId predictionId, Instant submittedAt, String upstreamPath) {
            this(predictionId, submittedAt, upstreamPath, null);
        }

        /** The provider gives this answer, at {@code now} for the first time or again. */
        public Processing doubted(Doubt.Kind kind, Instant now) {
            boolean known = doubt != null && doubt.kind() == kind;
            return known ? this : new Processing(predictionId, submittedAt, upstreamPath, new Doubt(kind, now));
        }

        /** The provider's last answer gives no reason to doubt the prediction. */
        public Processing withoutDoubt() {
            return new Processing(predictionId, submittedAt, upstreamPath);
        }

        @Override
        public Status status() {
            return Status.PROCESSING;
        }
    }

    /**
     * The images are ready.
     *
     * @param outputs at least one
     * @param inference the generation time that the provider reports; zero when it reports none
     */
    record Completed(PredictionId predictionId, List<Output> outputs, Duration inference, Instant finishedAt)
            implements State {
        public Completed {
            outputs = List.copyOf(outputs);
            if (outputs.isEmpty()) {
                throw new IllegalArgumentException("a completed generation has at least one output");
            }
        }

        /** The same outcome, of which one image's copy has become known. */
        Completed with(int number, ImageCopy copy) {
            var changed = new ArrayList<>(outputs);
            changed.set(number, changed.get(number).with(copy));
            return new Completed(predictionId, changed, inference, finishedAt);
        }

        /** The outputs of several predictions, at least one, in their order; the times are those of the last. */
        public static Completed all(List<Completed> several) {
            return new Completed(
                    several.getFirst().predictionId(),
                    several.stream().flatMap(one -> one.outputs().stream()).toList(),
                    several.stream()
                            .map(Completed::inference)
                            .max(Duration::compareTo)
                            .orElseThrow(),
                    several.stream()
                            .map(Completed::finishedAt)
                            .max(Instant::compareTo)
                            .orElseThrow());
        }

        @Override
        public Status status() {
            return Status.COMPLETED;
        }
    }

    /** The generation ended without images. {@code predictionId} is null unless it was processing. */
    record Failed(@Nullable PredictionId predictionId, Failure failure, Instant finishedAt) implements State {
        @Override
        public Status status() {
            return Status.FAILED;
        }
    }

    /** The caller cancelled the request while it waited in the queue. The provider never had it, so it is free. */
    record Cancelled(Instant finishedAt) implements State {
        @Override
        public Status status() {
            return Status.CANCELLED;
        }
    }
}
