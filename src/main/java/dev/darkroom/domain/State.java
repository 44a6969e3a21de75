package dev.darkroom.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a generation stands. What follows on each state is decided by {@link NextStep}. */
public sealed interface State {

    /** The state's name as it is stored and logged. */
    Status status();

    /**
     * Stored, waiting in the queue.
     *
     * @param round of the {@link FairQueue} in which it is submitted, 0 for one that goes before all others
     * @param refusal null when the provider has not refused it
     * @param earlier an attempt whose outcome stayed unknown, so that its prediction may still appear; null when there is none
     */
    record Queued(
            long round, @Nullable Refusal refusal, @Nullable Attempt earlier) implements State {

        /** New in the queue. */
        public static Queued at(long round) {
            return new Queued(round, null, null);
        }

        /** Before all others, because its first attempt's outcome stayed unknown. */
        public static Queued again(Attempt earlier) {
            return new Queued(0, null, earlier);
        }

        public Queued in(long nextRound) {
            return new Queued(nextRound, refusal, earlier);
        }

        /** Refused now, or once more. */
        public Queued refused(String reason, Instant now) {
            return new Queued(round, new Refusal(refusal == null ? now : refusal.since(), now, reason), earlier);
        }

        @Override
        public Status status() {
            return Status.QUEUED;
        }
    }

    /**
     * The provider has refused the paid call so that nothing was created.
     *
     * @param since when it first did
     * @param lastAt when it last did
     * @param reason of the last time, for a person; without a secret
     */
    record Refusal(Instant since, Instant lastAt, String reason) {}

    /**
     * Claimed: the paid call may be in flight.
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
     * @param reason why it is unknown, for a person; without a secret
     */
    record Unconfirmed(Attempt attempt, String reason) implements State {
        @Override
        public Status status() {
            return Status.UNCONFIRMED;
        }
    }

    /**
     * The provider has it.
     *
     * @param doubt what the provider last said of it that is not believed yet; null when there is nothing
     */
    record Processing(
            PredictionId predictionId,
            Instant submittedAt,
            @Nullable Doubt doubt) implements State {

        public Processing(PredictionId predictionId, Instant submittedAt) {
            this(predictionId, submittedAt, null);
        }

        /** The provider says this, now or since before. */
        public Processing doubted(Doubt.Kind kind, Instant now) {
            boolean known = doubt != null && doubt.kind() == kind;
            return known ? this : new Processing(predictionId, submittedAt, new Doubt(kind, now));
        }

        @Override
        public Status status() {
            return Status.PROCESSING;
        }
    }

    /**
     * The images are there.
     *
     * @param outputs at least one
     * @param inference how long the provider says that it drew; zero when it does not say
     */
    record Completed(PredictionId predictionId, List<Output> outputs, Duration inference, Instant finishedAt)
            implements State {
        public Completed {
            outputs = List.copyOf(outputs);
            if (outputs.isEmpty()) {
                throw new IllegalArgumentException("a completed generation has at least one output");
            }
        }

        @Override
        public Status status() {
            return Status.COMPLETED;
        }
    }

    /** It ended without images. {@code predictionId} is present when the provider had it. */
    record Failed(@Nullable PredictionId predictionId, Failure failure, Instant finishedAt) implements State {
        @Override
        public Status status() {
            return Status.FAILED;
        }
    }
}
