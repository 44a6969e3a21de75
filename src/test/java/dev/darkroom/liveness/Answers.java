package dev.darkroom.liveness;

import dev.darkroom.application.PollOutcome;
import dev.darkroom.application.SearchOutcome;
import dev.darkroom.application.SubmitOutcome;
import java.time.Duration;
import java.util.Optional;

/**
 * How the provider answers. What is empty goes well.
 *
 * @param paid how the paid call is answered
 * @param isCreated whether the paid call creates a prediction, whatever it is answered
 * @param search how the history is
 * @param poll how the result is
 */
record Answers(
        Optional<Answer<SubmitOutcome>> paid,
        boolean isCreated,
        Optional<Answer<SearchOutcome>> search,
        Optional<Answer<PollOutcome>> poll) {

    static final Answers GOOD = new Answers(Optional.empty(), true, Optional.empty(), Optional.empty());

    private static final Duration AT_ONCE = Duration.ofMillis(100);

    /** No connection. */
    static final Answers OUT = GOOD.paid(AT_ONCE, new SubmitOutcome.NotCreated(null, "no connection"))
            .search(AT_ONCE, new SearchOutcome.Unavailable(null, "no connection"))
            .poll(AT_ONCE, new PollOutcome.Unavailable(null, "no connection"));

    /** An outcome, and how long it takes. */
    record Answer<T>(Duration time, T outcome) {}

    /** Nothing is created. */
    Answers paid(Duration time, SubmitOutcome outcome) {
        return new Answers(Optional.of(new Answer<>(time, outcome)), false, search, poll);
    }

    /** A prediction is created, but nobody knows. */
    Answers unanswered() {
        var unknown = new Answer<SubmitOutcome>(Duration.ofSeconds(1), new SubmitOutcome.Unknown("504"));
        return new Answers(Optional.of(unknown), true, search, poll);
    }

    Answers search(Duration time, SearchOutcome outcome) {
        return new Answers(paid, isCreated, Optional.of(new Answer<>(time, outcome)), poll);
    }

    Answers poll(Duration time, PollOutcome outcome) {
        return new Answers(paid, isCreated, search, Optional.of(new Answer<>(time, outcome)));
    }
}
