package dev.darkroom.liveness;

import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.liveness.Answers.Service;
import dev.darkroom.simulation.FewModels;
import java.time.Duration;
import java.util.List;

/**
 * A permanent fault of some requests.
 *
 * @param answers to the calls for these requests
 * @param isQueued whether the gateway has a rate limit, so that all of them but the first are queued
 * @param damage done to their rows in the table
 * @param isRemoved whether their model leaves the catalogue shortly after they arrive
 * @param model that they request
 */
record Bad(String name, Answers answers, boolean isQueued, Damage damage, boolean isRemoved, String model) {

    /** The part of a row that cannot be read. */
    enum Damage {
        NONE,
        ROW,
        INDEX
    }

    private static final Duration SOON = Duration.ofMillis(100);

    /** The time-out of a free call. */
    private static final Duration AT_THE_LIMIT = Duration.ofSeconds(5);

    /** The time-out of a call of Step Functions. */
    private static final Duration AT_THE_LIMIT_OF_TASKS = Duration.ofSeconds(8);

    /** The time-out of a call of EventBridge. */
    private static final Duration AT_THE_LIMIT_OF_EVENTS = Duration.ofSeconds(4);

    /** The time limit of a fetch. */
    private static final Duration AT_THE_LIMIT_OF_IMAGES = Duration.ofSeconds(15);

    /** The time limit of a webhook. */
    private static final Duration AT_THE_LIMIT_OF_RECEIVERS = Duration.ofSeconds(15);

    static final Bad NOTHING = bad("nothing", Answers.GOOD);

    static List<Bad> all() {
        var unanswered = Answers.GOOD.unanswered();
        return List.of(
                result("result: 500, 302, HTML, gzip, another id, 70 KB of headers", SOON, new PollOutcome.Unclear("")),
                result("result that drips", AT_THE_LIMIT, new PollOutcome.Unclear("too slow")),
                result("result that hangs", AT_THE_LIMIT, new PollOutcome.Unavailable(null, "no answer")),
                result("result 503 or 429", SOON, new PollOutcome.Unavailable(null, "503")),
                result("result 429, Retry-After: 1", SOON, new PollOutcome.Unavailable(Duration.ofSeconds(1), "429")),
                result("unknown status", SOON, new PollOutcome.Running()),
                result("prediction not found", SOON, new PollOutcome.NotFound()),
                result("no outputs", SOON, new PollOutcome.WithoutOutputs(false)),
                result("unreadable outputs", SOON, new PollOutcome.WithoutOutputs(true)),
                history("history 500", SOON, new SearchOutcome.Unclear("500")),
                history("history 503 or 429", SOON, new SearchOutcome.Unavailable(null, "503")),
                history(
                        "history 429, Retry-After: 1",
                        SOON,
                        new SearchOutcome.Unavailable(Duration.ofSeconds(1), "429")),
                history("history that hangs", AT_THE_LIMIT, new SearchOutcome.Unavailable(null, "no answer")),
                history("history never whole", SOON, new SearchOutcome.Found(List.of(), false, 0)),
                submission("submission 500", new SubmitOutcome.Unknown("500")),
                submission("model refused with 429", new SubmitOutcome.NotCreated(null, "429")),
                submission(
                        "model refused with 429, Retry-After: 60",
                        new SubmitOutcome.NotCreated(Duration.ofMinutes(1), "429")),
                submission(
                                "prompts refused with 429, Retry-After: 1",
                                new SubmitOutcome.NotCreated(Duration.ofSeconds(1), "429"))
                        .ofTheGoodModel(),
                bad("task notification: 500, 429, no connection", Answers.GOOD.failing(Service.TASKS, SOON)),
                bad("task notification that hangs", Answers.GOOD.failing(Service.TASKS, AT_THE_LIMIT_OF_TASKS)),
                bad("event bus: 400, 500, no connection", Answers.GOOD.failing(Service.EVENT_BUS, SOON)),
                bad("event bus that hangs", Answers.GOOD.failing(Service.EVENT_BUS, AT_THE_LIMIT_OF_EVENTS)),
                bad("image: 404, no connection, HTML", Answers.GOOD.failing(Service.IMAGES, SOON)),
                bad("image that drips", Answers.GOOD.failing(Service.IMAGES, AT_THE_LIMIT_OF_IMAGES)),
                bad("receivers: 500, no connection", Answers.GOOD.failing(Service.RECEIVERS, SOON)),
                bad("receivers that hang", Answers.GOOD.failing(Service.RECEIVERS, AT_THE_LIMIT_OF_RECEIVERS)),
                bad("unreadable row", Answers.GOOD).damaged(Damage.ROW),
                bad("unreadable row in the queue", Answers.GOOD)
                        .damaged(Damage.ROW)
                        .queued(),
                bad("unreadable entry of the index", Answers.GOOD).damaged(Damage.INDEX),
                bad("unreadable entry of the queue", Answers.GOOD)
                        .damaged(Damage.INDEX)
                        .queued(),
                bad("removed model, outcome unknown", unanswered).removed(),
                bad("removed model, in the queue", Answers.GOOD).removed().queued());
    }

    private static Bad bad(String name, Answers answers) {
        return new Bad(name, answers, false, Damage.NONE, false, FewModels.BAD);
    }

    private static Bad result(String name, Duration time, PollOutcome outcome) {
        return bad(name, Answers.GOOD.poll(time, outcome));
    }

    private static Bad history(String name, Duration time, SearchOutcome outcome) {
        return bad(name, Answers.GOOD.unanswered().search(time, outcome));
    }

    private static Bad submission(String name, SubmitOutcome outcome) {
        return bad(name, Answers.GOOD.paid(SOON, outcome));
    }

    Bad queued() {
        return new Bad(name, answers, true, damage, isRemoved, model);
    }

    private Bad damaged(Damage done) {
        return new Bad(name, answers, isQueued, done, isRemoved, model);
    }

    private Bad removed() {
        return new Bad(name, answers, isQueued, damage, true, model);
    }

    /** The good requests are for the same model. */
    private Bad ofTheGoodModel() {
        return new Bad(name, answers, isQueued, damage, isRemoved, FewModels.GOOD);
    }

    /** A row that cannot be read can never end. */
    boolean isReadable() {
        return damage == Damage.NONE;
    }

    /**
     * Whether this service is called for each of them. A notification or a webhook is attempted for longer than a run
     * takes. Images are kept, and events sent, for the good requests as well or for none.
     */
    boolean concerns(Service service) {
        return answers.failure(service).isPresent();
    }

    boolean isOfTheGoodModel() {
        return model.equals(FewModels.GOOD);
    }

    /** Whether the circuit breaker takes the failures of their polls for the rows' own. */
    boolean hasUnclearResults() {
        return answers.poll()
                .filter(answer -> answer.outcome() instanceof PollOutcome.Unclear)
                .isPresent();
    }

    /** Whether the failures of their polls look like an outage of the provider. */
    boolean looksLikeAnOutage() {
        return answers.poll()
                .filter(answer -> answer.outcome() instanceof PollOutcome.Unavailable)
                .isPresent();
    }

    @Override
    public String toString() {
        return name;
    }
}
