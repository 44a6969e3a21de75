package dev.darkroom.liveness;

import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import java.time.Duration;
import java.util.Optional;

/**
 * The answers of the provider, of Step Functions and of the event bus. A call without one succeeds.
 *
 * @param paid answer to the paid call
 * @param isCreated whether the paid call creates a prediction, whatever its answer
 * @param search answer to a search of the history
 * @param poll answer to a poll
 * @param taskFailure the time after which each call about a task fails
 * @param eventFailure the time after which each event fails; the gateway sends events only if it is there
 * @param imageFailure the time after which each fetch of an image fails; the gateway keeps images only if it is there
 */
record Answers(
        Optional<Answer<SubmitOutcome>> paid,
        boolean isCreated,
        Optional<Answer<SearchOutcome>> search,
        Optional<Answer<PollOutcome>> poll,
        Optional<Duration> taskFailure,
        Optional<Duration> eventFailure,
        Optional<Duration> imageFailure) {

    static final Answers GOOD = new Answers(
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private static final Duration AT_ONCE = Duration.ofMillis(100);

    /** The provider cannot be reached. */
    static final Answers OUT = GOOD.paid(AT_ONCE, new SubmitOutcome.NotCreated(null, "no connection"))
            .search(AT_ONCE, new SearchOutcome.Unavailable(null, "no connection"))
            .poll(AT_ONCE, new PollOutcome.Unavailable(null, "no connection"));

    /** An outcome, and the time until it arrives. */
    record Answer<T>(Duration time, T outcome) {}

    /** The paid call creates nothing and has this outcome. */
    Answers paid(Duration time, SubmitOutcome outcome) {
        return new Answers(
                Optional.of(new Answer<>(time, outcome)), false, search, poll, taskFailure, eventFailure, imageFailure);
    }

    /** The paid call creates a prediction, but its outcome is unknown. */
    Answers unanswered() {
        var unknown = new Answer<SubmitOutcome>(Duration.ofSeconds(1), new SubmitOutcome.Unknown("504"));
        return new Answers(Optional.of(unknown), true, search, poll, taskFailure, eventFailure, imageFailure);
    }

    Answers search(Duration time, SearchOutcome outcome) {
        return new Answers(
                paid,
                isCreated,
                Optional.of(new Answer<>(time, outcome)),
                poll,
                taskFailure,
                eventFailure,
                imageFailure);
    }

    Answers poll(Duration time, PollOutcome outcome) {
        return new Answers(
                paid,
                isCreated,
                search,
                Optional.of(new Answer<>(time, outcome)),
                taskFailure,
                eventFailure,
                imageFailure);
    }

    /** Each call of Step Functions about the task fails after this time. */
    Answers taskFails(Duration time) {
        return new Answers(paid, isCreated, search, poll, Optional.of(time), eventFailure, imageFailure);
    }

    /** Each event about it fails after this time. */
    Answers eventFails(Duration time) {
        return new Answers(paid, isCreated, search, poll, taskFailure, Optional.of(time), imageFailure);
    }

    /** Each fetch of the image fails after this time. */
    Answers imageFails(Duration time) {
        return new Answers(paid, isCreated, search, poll, taskFailure, eventFailure, Optional.of(time));
    }
}
