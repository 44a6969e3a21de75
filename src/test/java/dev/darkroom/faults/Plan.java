package dev.darkroom.faults;

import java.time.Duration;

/**
 * What is to be run.
 *
 * @param generations without a fault that is for good
 * @param lasting further generations, each with a fault that is for good, of all kinds in turn; 0 or more
 * @param kills how many living processes are killed
 */
record Plan(long seed, int generations, int lasting, int kills, int callers) {

    private static final int SHARE_OF_LASTING = 25;
    private static final int SHARE_OF_OUTAGE = 50;
    private static final int FEWEST_IN_OUTAGE = 9;

    /** One lasting fault for 25 generations, and each kind at least once. */
    static int lastingFor(int generations) {
        return Math.max(LastingFault.ALL.size(), generations / SHARE_OF_LASTING);
    }

    /** In every other run with webhooks, in every third with a rate limit. */
    Settings before() {
        return new Settings(
                seed % 2 == 0, seed % 3 == 0, 1, Duration.ofSeconds(10), Duration.ofSeconds(1), Limits.LONG);
    }

    /** What a deployment in the middle of the run makes of that. */
    Settings after() {
        return new Settings(seed % 2 != 0, seed % 3 == 1, 4, Duration.ofSeconds(6), Duration.ofSeconds(2), Limits.LONG);
    }

    /** How many generations come while the provider is out, and how many after that. */
    int inOutage() {
        return Math.max(FEWEST_IN_OUTAGE, generations / SHARE_OF_OUTAGE);
    }
}
