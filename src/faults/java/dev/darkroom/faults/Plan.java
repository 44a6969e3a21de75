package dev.darkroom.faults;

import dev.darkroom.faults.clients.ClientPlan;
import java.time.Duration;
import java.util.Optional;

/**
 * The size of a run.
 *
 * @param generations generations without a permanent fault
 * @param lasting further generations, each with a permanent fault, of all kinds in rotation; 0 or more
 * @param kills how many living processes are killed
 * @param clients the calls of unmodified clients that follow, if any do
 */
record Plan(long seed, int generations, int lasting, int kills, int callers, Optional<ClientPlan> clients) {

    private static final int SHARE_OF_LASTING = 25;
    private static final int SHARE_OF_OUTAGE = 50;
    private static final int FEWEST_IN_OUTAGE = 9;

    /** One permanent fault for 25 generations, and at least one of each kind. */
    static int lastingFor(int generations) {
        return Math.max(LastingFault.ALL.size(), generations / SHARE_OF_LASTING);
    }

    /** Webhooks are on for every second seed, and the rate limit for every third. */
    Settings before() {
        return new Settings(
                seed % 2 == 0, seed % 3 == 0, 1, Duration.ofSeconds(10), Duration.ofSeconds(1), Limits.LONG);
    }

    /** The settings after the deployment in the middle of the run. */
    Settings after() {
        return new Settings(seed % 2 != 0, seed % 3 == 1, 4, Duration.ofSeconds(6), Duration.ofSeconds(2), Limits.LONG);
    }

    /** The number of generations in the outage, and as many after it. */
    int inOutage() {
        return Math.max(FEWEST_IN_OUTAGE, generations / SHARE_OF_OUTAGE);
    }
}
