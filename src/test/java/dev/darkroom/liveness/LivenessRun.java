package dev.darkroom.liveness;

import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.State;
import dev.darkroom.liveness.Answers.Service;
import dev.darkroom.simulation.FewModels;
import dev.darkroom.simulation.Settings;
import dev.darkroom.simulation.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A simulation with bad requests, all at the start or one a second, and good ones beside them, each with a task and a
 * receiver.
 */
final class LivenessRun {

    /** A row that could not be polled is polled again within minutes, so it ends this much later at most. */
    private static final Duration SLACK = Duration.ofMinutes(20);

    private static final Duration OUTAGE = Duration.ofMinutes(30);
    private static final Duration OUTAGE_END = Duration.ofMinutes(33);
    private static final Duration GOOD_IN_A_TRICKLE = Duration.ofSeconds(3);
    private static final int ONE_A_SECOND = 60;

    private LivenessRun() {}

    /**
     * The figures of a run.
     *
     * @param images the times from good requests to their images
     * @param notifications the times from good requests to the notifications of their tasks
     * @param webhooks the times from good requests to their webhooks
     * @param endless the number of bad rows that have not ended
     * @param notKept the number of good images that are not kept, although the gateway keeps images
     */
    record Result(Times images, Times notifications, Times webhooks, int endless, int notKept) {}

    static Result of(Bad bad, Conditions conditions) {
        var settings = Settings.endingAfter(conditions.time()).holding(conditions.rowsOfASweep());
        var platform = new SimulatedPlatform(bad.isQueued() ? settings.limitedTo(ONE_A_SECOND) : settings, bad);
        if (conditions.triggersAreLost()) {
            platform.loseTriggers();
        }
        if (conditions.hasOutage()) {
            platform.providerIsOut(SimulatedClock.START.plus(OUTAGE), SimulatedClock.START.plus(OUTAGE_END));
        }
        for (int i = 0; i < conditions.rows(); i++) {
            var time = SimulatedClock.START.plusSeconds(conditions.isTrickle() ? i : 0);
            var prompt = SlowProvider.BAD_PROMPT + i;
            platform.submitAt(time, bad.model(), prompt, owed(prompt, bad::concerns));
        }
        if (bad.isRemoved()) {
            // All are stored by then, and no sweep has read them.
            platform.removeBadModelAt(SimulatedClock.START.plusMillis(100));
        }
        var random = new Random(conditions.seed());
        for (int i = 1; i <= goodRequests(conditions); i++) {
            var time = conditions.isTrickle()
                    ? SimulatedClock.START
                            .plus(GOOD_IN_A_TRICKLE.multipliedBy(i))
                            .plusMillis(random.nextInt(1_000))
                    : SimulatedClock.START.plus(Duration.ofMinutes(i)).plusMillis(random.nextInt(60_000));
            var prompt = time.toString();
            platform.submitAt(time, FewModels.GOOD, prompt, owed(prompt, _ -> true));
        }
        var rows =
                platform.runUntil(SimulatedClock.START.plus(conditions.time()).plus(SLACK));
        return result(rows, platform, conditions);
    }

    private static List<FollowUp.Action> owed(String prompt, Predicate<Service> concerned) {
        var owed = new ArrayList<FollowUp.Action>();
        if (concerned.test(Service.TASKS)) {
            owed.add(new NotifyTask(SlowTasks.of(prompt)));
        }
        if (concerned.test(Service.RECEIVERS)) {
            owed.add(new DeliverWebhook(SlowReceivers.of(prompt)));
        }
        return owed;
    }

    private static int goodRequests(Conditions conditions) {
        var every = conditions.isTrickle() ? GOOD_IN_A_TRICKLE : Duration.ofMinutes(1);
        return (int) conditions.time().dividedBy(every);
    }

    private static Result result(Collection<Generation> rows, SimulatedPlatform platform, Conditions conditions) {
        var images = rows.stream()
                .filter(row -> !isBad(row) && row.state() instanceof State.Completed)
                .map(row -> waited(row.request().input(), end(row)));
        var notifications = platform.notifiedAt().entrySet().stream()
                .map(notified -> waited(notified.getKey().value(), notified.getValue()));
        var webhooks = platform.toldAt().entrySet().stream().map(told -> waited(told.getKey(), told.getValue()));
        var endless = rows.stream()
                .filter(row -> isBad(row) && !row.state().status().isTerminal())
                .count();
        return new Result(
                times(images, conditions),
                times(notifications, conditions),
                times(webhooks, conditions),
                (int) endless,
                notKept(rows));
    }

    private static int notKept(Collection<Generation> rows) {
        return (int) rows.stream()
                .filter(row -> !isBad(row) && row.request().keepsImages())
                .filter(row -> row.state() instanceof State.Completed(var _, var outputs, var _, var _)
                        && !(outputs.getFirst().copy() instanceof ImageCopy.Kept))
                .count();
    }

    /** The time since the request for this good prompt. */
    private static Duration waited(String prompt, Instant until) {
        return Duration.between(Instant.parse(prompt), until);
    }

    private static Times times(Stream<Duration> waited, Conditions conditions) {
        return Times.of(waited, goodRequests(conditions), conditions.time());
    }

    private static boolean isBad(Generation row) {
        return row.request().input().startsWith(SlowProvider.BAD_PROMPT);
    }

    private static Instant end(Generation row) {
        return ((State.Completed) row.state()).finishedAt();
    }
}
