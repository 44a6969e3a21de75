package dev.darkroom.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a generation stands. Which states exist and what follows on each is design section 2. */
public sealed interface State {

    /** The state's name as it is stored and logged. */
    Status status();

    /**
     * Stored, not submitted: it waits for its turn.
     *
     * @param turn the round of the {@link Budget} in which it is submitted
     * @param refusal null when the provider has not refused it
     */
    record Accepted(long turn, @Nullable Refusal refusal) implements State {

        /** Not refused yet. */
        public static Accepted in(long turn) {
            return new Accepted(turn, null);
        }

        /** Refused now, or before. */
        public Accepted refused(long nextTurn, String reason, Instant now) {
            return new Accepted(nextTurn, new Refusal(refusal == null ? now : refusal.since(), reason));
        }

        @Override
        public Status status() {
            return Status.ACCEPTED;
        }
    }

    /**
     * The provider has refused the paid call so that nothing was created.
     *
     * @param since when it first did
     * @param reason of the last time, for a person; without a secret
     */
    record Refusal(Instant since, String reason) {}

    /**
     * Claimed: the paid call may be in flight.
     *
     * @param claim unique for each attempt, so that two claims made in the same millisecond are never taken for one
     * @param claimedAt when it was made, just before the call is sent
     * @param claimExpiresAt from then on the call's outcome counts as unknown
     */
    record Submitting(String claim, Instant claimedAt, Instant claimExpiresAt) implements State {
        @Override
        public Status status() {
            return Status.SUBMITTING;
        }
    }

    /**
     * The outcome of the paid call is unknown, so it is never repeated.
     *
     * @param claim under which the call was sent: whoever holds it may still learn the outcome
     * @param sentAt not before this was the call sent
     * @param giveUpAt fails when the outcome is still unknown then
     * @param reason why it is unknown, for a person; without a secret
     */
    record Unconfirmed(String claim, Instant sentAt, Instant giveUpAt, String reason) implements State {
        @Override
        public Status status() {
            return Status.UNCONFIRMED;
        }
    }

    /** The provider has it. */
    record Processing(PredictionId predictionId, Instant submittedAt) implements State {
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
