package dev.darkroom.explorer;

import java.time.Duration;
import java.util.stream.Stream;

/** Clients that repeat their requests, beside sweeps. */
final class CallScenarios {

    private static final boolean MARKED = true;
    private static final boolean UNMARKED = false;

    /** Longer than a request holds its call. */
    private static final Duration A_HOLD = Duration.ofSeconds(31);

    private CallScenarios() {}

    static Stream<Scenario> all(Rules rules) {
        return Stream.of(
                aCall(rules, MARKED, ExploredCore::call),
                aCall(rules, UNMARKED, ExploredCore::call),
                twoCalls("two calls with marked retries", rules, MARKED, MARKED),
                twoCalls("two calls with unmarked retries", rules, UNMARKED, UNMARKED),
                twoCalls("two calls, of which one marks its retries", rules, MARKED, UNMARKED),
                new Scenario("two calls with unmarked retries, held too long", rules, world -> {
                    world.client("client", UNMARKED, ExploredCore::call);
                    world.client("another client", UNMARKED, ExploredCore::call);
                    world.process("sweep", core -> {
                        core.pass(A_HOLD);
                        core.step();
                    });
                }));
    }

    /** Steps finish the row before or after any request of the client. */
    static Scenario aCall(Rules rules, boolean marksRetries, ExploredClient.Sending sending) {
        return new Scenario("a call with %s retries".formatted(marksRetries ? "marked" : "unmarked"), rules, world -> {
            world.client("client", marksRetries, sending);
            world.process("sweep", ExploredCore::step);
        });
    }

    private static Scenario twoCalls(String name, Rules rules, boolean first, boolean second) {
        return new Scenario(name, rules, world -> {
            world.client("client", first, ExploredCore::call);
            world.client("another client", second, ExploredCore::call);
            world.process("sweep", ExploredCore::step);
        });
    }
}
