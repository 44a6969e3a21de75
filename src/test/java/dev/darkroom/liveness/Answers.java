package dev.darkroom.liveness;

import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The answers to the calls for some requests. A call without one succeeds.
 *
 * @param paid answer to the paid call
 * @param isCreated whether the paid call creates a prediction, whatever its answer
 * @param search answer to a search of the history
 * @param poll answer to a poll
 * @param failures the time after which each call of another service fails
 */
record Answers(
        Optional<Answer<SubmitOutcome>> paid,
        boolean isCreated,
        Optional<Answer<SearchOutcome>> search,
        Optional<Answer<PollOutcome>> poll,
        Map<Service, Duration> failures) {

    /** What is called beside the provider. */
    enum Service {
        TASKS,
        EVENT_BUS,
        IMAGES,
        RECEIVERS
    }

    static final Answers GOOD = new Answers(Optional.empty(), true, Optional.empty(), Optional.empty(), Map.of());

    private static final Duration AT_ONCE = Duration.ofMillis(100);

    /** The provider cannot be reached. */
    static final Answers OUT = GOOD.paid(AT_ONCE, new SubmitOutcome.NotCreated(null, "no connection"))
            .search(AT_ONCE, new SearchOutcome.Unavailable(null, "no connection"))
            .poll(AT_ONCE, new PollOutcome.Unavailable(null, "no connection"));

    /** An outcome, and the time until it arrives. */
    record Answer<T>(Duration time, T outcome) {}

    /** The paid call creates nothing and has this outcome. */
    Answers paid(Duration time, SubmitOutcome outcome) {
        return new Answers(Optional.of(new Answer<>(time, outcome)), false, search, poll, failures);
    }

    /** The paid call creates a prediction, but its outcome is unknown. */
    Answers unanswered() {
        var unknown = new Answer<SubmitOutcome>(Duration.ofSeconds(1), new SubmitOutcome.Unknown("504"));
        return new Answers(Optional.of(unknown), true, search, poll, failures);
    }

    Answers search(Duration time, SearchOutcome outcome) {
        return new Answers(paid, isCreated, Optional.of(new Answer<>(time, outcome)), poll, failures);
    }

    Answers poll(Duration time, PollOutcome outcome) {
        return new Answers(paid, isCreated, search, Optional.of(new Answer<>(time, outcome)), failures);
    }

    /** Each call of the service fails after this time. */
    Answers failing(Service service, Duration time) {
        return new Answers(paid, isCreated, search, poll, Map.of(service, time));
    }

    /** The time after which each call of the service fails; empty when it succeeds. */
    Optional<Duration> failure(Service service) {
        return Optional.ofNullable(failures.get(service));
    }
}
