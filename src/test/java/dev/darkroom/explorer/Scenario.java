package dev.darkroom.explorer;

import dev.darkroom.simulation.SingleCarrier;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A few processes that run at the same time.
 *
 * @param begin starts the processes
 */
record Scenario(String name, Rules rules, Consumer<World> begin) {

    private static final Duration A_CLAIM = Duration.ofSeconds(31);
    private static final Duration A_LEASE = Duration.ofSeconds(16);
    private static final Duration UNTIL_RESUBMITTED = Duration.ofMinutes(11);
    private static final Duration LATE = Duration.ofMinutes(15);

    /** Longer than the pause after the first failure of a notification, or of a webhook. */
    private static final Duration UNTIL_REPEATED = Duration.ofSeconds(7);

    /** The rate limit, in images a minute: a second request has to wait. */
    private static final int ONE_A_SECOND = 60;

    /** Runs the processes, then sweeps without faults, and then checks the promises. */
    void run(SingleCarrier carrier, Choices choices) {
        var world = new World(rules, carrier, choices);
        begin.accept(world);
        world.run();
        world.comeToRest();
        Promises.check(world);
    }

    /** Each scenario, once without and once with resubmissions, and those with calls of clients. */
    static List<Scenario> all() {
        return Stream.of(
                        all(Rules.USUAL),
                        all(Rules.USUAL.resubmitting())
                                .map(scenario -> new Scenario(
                                        scenario.name() + ", resubmitting", scenario.rules(), scenario.begin())),
                        CallScenarios.all(Rules.USUAL))
                .flatMap(scenarios -> scenarios)
                .toList();
    }

    private static Stream<Scenario> all(Rules rules) {
        var limited = rules.limitedTo(ONE_A_SECOND);
        return Stream.of(
                new Scenario("two submits under one key", rules, Scenario::twoSubmitsUnderOneKey),
                new Scenario("two submits of one prompt", rules, Scenario::twoSubmitsOfOnePrompt),
                new Scenario("two unanswered submits of one prompt", rules, Scenario::twoUnansweredSubmits),
                new Scenario("a claim that expires", rules, Scenario::aClaimThatExpires),
                aClaimThatIsGivenUp(rules),
                new Scenario(
                        "a late history and a webhook",
                        rules.withHistoryAfter(LATE),
                        Scenario::aLateHistoryAndAWebhook),
                new Scenario("a refused submit", rules, Scenario::aRefusedSubmit),
                new Scenario("steps and a webhook", rules, Scenario::stepsAndAWebhook),
                new Scenario("an unanswered submit and a webhook", rules, Scenario::anUnansweredSubmitAndAWebhook),
                new Scenario("two sweeps", rules, Scenario::twoSweeps),
                new Scenario("a queue", limited, Scenario::aQueue),
                new Scenario("two sweeps of the queue", limited, Scenario::twoSweepsOfTheQueue),
                aTaskStepsAndAWebhook(rules),
                aReceiver(rules),
                new Scenario("two tasks of one generation", rules, Scenario::twoTasks),
                new Scenario("a task and two sweeps", rules, Scenario::aTaskAndTwoSweeps),
                new Scenario("a cancellation and a sweep of the queue", limited, Scenario::aCancellationAndASweep),
                new Scenario("a cancellation and two sweeps", limited, Scenario::aCancellationAndTwoSweeps),
                aCancelledSubmit(rules, ExploredCore::cancel),
                new Scenario(
                        "a cancellation before a resubmission",
                        rules.withHistoryAfter(LATE),
                        Scenario::aCancellationBeforeAResubmission),
                new Scenario("a task and a cancellation", limited, Scenario::aTaskAndACancellation),
                aGenerationOfTwoRequests(rules),
                aCancellationOfTwoRequests(rules),
                new Scenario("two cancellations of two requests", rules, Scenario::twoCancellations),
                aBudgetOfOneCall(rules));
    }

    /** The process that holds the claim may stop until others have expired the claim and resubmitted the row. */
    static Scenario aClaimThatIsGivenUp(Rules rules) {
        return new Scenario("a claim that is given up", rules, world -> {
            world.process("submit", core -> core.submit("a cat"));
            world.process("sweep", core -> {
                core.pass(A_CLAIM);
                core.step();
                core.pass(UNTIL_RESUBMITTED);
                core.step();
                core.sweepQueue();
            });
        });
    }

    /** The provider refuses the first call, so that the row is queued, claimed and sent again while it is cancelled. */
    static Scenario aCancelledSubmit(Rules rules, Consumer<ExploredCore> cancel) {
        return new Scenario("a cancellation and a submit", rules, world -> {
            world.willAnswer(PaidAnswer.REFUSED);
            world.process("submit", core -> core.submit("a cat"));
            world.process("sweep", ExploredCore::sweepQueue);
            world.process("owner", cancel);
        });
    }

    /** Steps and a webhook finish the row, and the steps notify its task. */
    static Scenario aTaskStepsAndAWebhook(Rules rules) {
        return new Scenario("a task, steps and a webhook", rules, world -> {
            world.process("start", core -> core.start("a cat", "key", "task"));
            world.process("webhook", ExploredCore::receiveWebhooks);
            world.process("sweep", Scenario::finishAndNotify);
            world.process("another sweep", Scenario::finishAndNotify);
        });
    }

    /** Two sweeps, one of which may die between sending and storing, tell a receiver. */
    static Scenario aReceiver(Rules rules) {
        return new Scenario("a receiver of a webhook and two sweeps", rules, world -> {
            world.process("submit", core -> core.submitTelling("a cat", "key", "receiver"));
            world.process("sweep", Scenario::finishAndNotify);
            world.process("another sweep", Scenario::finishAndNotify);
        });
    }

    /** A row and its copy: both are paid for once, and the task is notified when both have ended. */
    static Scenario aGenerationOfTwoRequests(Rules rules) {
        return new Scenario("a generation of two requests", rules, world -> {
            world.process("start", core -> core.startPair("a cat", "key", "task"));
            world.process("sweep of the queue", ExploredCore::sweepQueue);
            world.process("another sweep", core -> {
                core.pass(A_LEASE);
                core.sweepQueue();
                finishAndNotify(core);
            });
        });
    }

    /** The second request fits into the budget only if the first costs nothing, and the queue holds its price too. */
    static Scenario aBudgetOfOneCall(Rules rules) {
        return new Scenario("a budget of one call", rules.withBudgetOf(1).limitedTo(ONE_A_SECOND), world -> {
            world.willAnswer(PaidAnswer.REJECTED);
            world.process("submit", core -> core.submit("a cat"));
            world.process("another submit", core -> core.submit("a dog"));
            world.process("sweep", core -> {
                core.sweepQueue();
                core.pass(A_CLAIM);
                core.step();
                core.cancel();
            });
        });
    }

    /** A row and its copy are cancelled while a sweep stores the copy and sends both. */
    static Scenario aCancellationOfTwoRequests(Rules rules) {
        return new Scenario("a cancellation of two requests", rules, world -> {
            world.process("owner", core -> {
                core.startPair("a cat", "key", "task");
                core.cancel();
            });
            world.process("sweep of the queue", ExploredCore::sweepQueue);
            world.process("another sweep", core -> {
                core.pass(A_LEASE);
                core.sweepQueue();
            });
        });
    }

    /** A client repeats a cancellation that takes long. */
    private static void twoCancellations(World world) {
        world.process("owner", core -> {
            core.startPair("a cat", "key", "task");
            core.cancel();
        });
        world.process("owner again", ExploredCore::cancel);
        world.process("sweep of the queue", ExploredCore::sweepQueue);
    }

    /** The last step repeats a notification that has failed. */
    private static void finishAndNotify(ExploredCore core) {
        core.step();
        core.step();
        core.pass(UNTIL_REPEATED);
        core.step();
    }

    private static void twoSubmitsUnderOneKey(World world) {
        world.process("first submit", core -> core.submit("a cat", "key"));
        world.process("second submit", core -> core.submit("a cat", "key"));
        world.process("sweep", core -> {
            core.pass(A_CLAIM);
            core.step();
        });
    }

    private static void twoSubmitsOfOnePrompt(World world) {
        world.process("first submit", core -> core.submit("a cat"));
        world.process("second submit", core -> core.submit("a cat"));
        world.process("sweep", core -> {
            core.pass(A_CLAIM);
            core.step();
            core.stepBackwards();
        });
    }

    private static void twoUnansweredSubmits(World world) {
        world.willAnswer(PaidAnswer.UNANSWERED, PaidAnswer.UNANSWERED);
        world.process("first submit", core -> core.submit("a cat"));
        world.process("second submit", core -> core.submit("a cat"));
        world.process("sweep", ExploredCore::step);
        world.process("another sweep", ExploredCore::stepBackwards);
    }

    private static void aClaimThatExpires(World world) {
        world.process("submit", core -> core.submit("a cat"));
        world.process("sweep", core -> {
            core.pass(A_CLAIM);
            core.step();
            core.step();
        });
        world.process("another sweep", ExploredCore::step);
    }

    private static void aLateHistoryAndAWebhook(World world) {
        world.willAnswer(PaidAnswer.UNANSWERED);
        world.process("submit", core -> core.submit("a cat"));
        world.process("sweep", core -> {
            core.pass(UNTIL_RESUBMITTED);
            core.step();
            core.sweepQueue();
        });
        world.process("webhook", ExploredCore::receiveWebhooks);
    }

    private static void aRefusedSubmit(World world) {
        world.willAnswer(PaidAnswer.REFUSED);
        world.process("submit", core -> core.submit("a cat", "key"));
        world.process("the same again", core -> core.submit("a cat", "key"));
        world.process("sweep", ExploredCore::sweepQueue);
    }

    private static void stepsAndAWebhook(World world) {
        world.process("submit", core -> core.submit("a cat"));
        world.process("webhook", ExploredCore::receiveWebhooks);
        world.process("sweep", ExploredCore::step);
        world.process("another sweep", ExploredCore::step);
    }

    private static void anUnansweredSubmitAndAWebhook(World world) {
        world.willAnswer(PaidAnswer.UNANSWERED);
        world.process("submit", core -> core.submit("a cat"));
        world.process("webhook", ExploredCore::receiveWebhooks);
        world.process("another submit", core -> core.submit("a cat"));
        world.process("sweep", ExploredCore::step);
    }

    private static void twoSweeps(World world) {
        world.process("submit", core -> core.submit("a cat"));
        world.process("sweep", ExploredCore::sweep);
        world.process("another sweep", core -> {
            core.pass(A_LEASE);
            core.sweep();
        });
    }

    private static void aQueue(World world) {
        world.process("first submit", core -> core.submit("a cat"));
        world.process("second submit", core -> core.submit("a dog"));
        world.process("sweep", ExploredCore::sweepQueue);
    }

    private static void twoSweepsOfTheQueue(World world) {
        world.process("submits", core -> {
            core.submit("a cat");
            core.submit("a dog");
        });
        world.process("sweep", ExploredCore::sweepQueue);
        world.process("another sweep", core -> {
            core.pass(A_LEASE);
            core.sweepQueue();
        });
    }

    /** The second request waits in the queue when its owner cancels it and the sweep submits it. */
    private static void aCancellationAndASweep(World world) {
        world.process("owner", core -> {
            core.submit("a cat");
            core.submit("a dog");
            core.cancel();
        });
        world.process("sweep", ExploredCore::sweepQueue);
    }

    private static void aCancellationAndTwoSweeps(World world) {
        world.process("owner", core -> {
            core.submit("a cat");
            core.submit("a dog");
            core.cancel();
        });
        world.process("sweep", ExploredCore::sweepQueue);
        world.process("another sweep", core -> {
            core.pass(A_LEASE);
            core.sweepQueue();
        });
    }

    /** The first call has created a prediction that the history does not show yet. */
    private static void aCancellationBeforeAResubmission(World world) {
        world.willAnswer(PaidAnswer.UNANSWERED);
        world.process("submit", core -> core.submit("a cat"));
        world.process("sweep", core -> {
            core.pass(UNTIL_RESUBMITTED);
            core.step();
            core.sweepQueue();
        });
        world.process("owner", ExploredCore::cancel);
    }

    /** The request with the task waits in the queue behind the other one. */
    private static void aTaskAndACancellation(World world) {
        world.process("owner", core -> {
            core.submit("a cat");
            core.start("a dog", "key", "task");
            core.cancel();
        });
        world.process("sweep", core -> {
            core.sweepQueue();
            finishAndNotify(core);
        });
    }

    /** The second task may arrive at any time, even while the first one is notified. */
    private static void twoTasks(World world) {
        world.process("first start", core -> core.start("a cat", "key", "first task"));
        world.process("second start", core -> core.start("a cat", "key", "second task"));
        world.process("sweep", Scenario::finishAndNotify);
        world.process("another sweep", Scenario::finishAndNotify);
    }

    private static void aTaskAndTwoSweeps(World world) {
        world.process("start", core -> core.start("a cat", "key", "task"));
        world.process("sweep", ExploredCore::sweep);
        world.process("another sweep", core -> {
            core.pass(A_LEASE);
            core.sweep();
        });
    }
}
