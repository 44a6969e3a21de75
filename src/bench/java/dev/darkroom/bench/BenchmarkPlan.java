package dev.darkroom.bench;

import java.util.List;

/**
 * How often each thing is measured; each number is 1 or more. With the number 1 there is no warm-up.
 *
 * @param starts cold starts of each handler
 * @param events for one process, after a fifth as many that do not count
 */
record BenchmarkPlan(int starts, int events, Sweeps sweeps, Loads loads, OnPlatform onPlatform) {

    /** How many processes sweep, and how many due rows each of them has. */
    record Sweeps(int processes, int rows) {}

    /** Requests to the submission gate, and to the counter of a budget. */
    record Loads(Load gate, Load budget) {}

    /** Requests by {@code processes}, each one at a time: at each of {@code rates} a second, for {@code seconds}. */
    record Load(int processes, List<Integer> rates, int seconds) {}

    /**
     * What is measured on the local platform.
     *
     * @param generations whose write units are counted
     * @param images whose visibility is measured
     */
    record OnPlatform(int generations, int images, Waits waits, Webhooks webhooks) {}

    /** Callers that wait for an image, one after the other, each for {@code seconds}. */
    record Waits(int count, int seconds) {}

    /** Images whose receivers are told, alone and then beside so many others that are good, or that are dead or hang. */
    record Webhooks(int images, int dead, int hanging) {}

    /** What {@code make bench} measures by default. */
    static final BenchmarkPlan FULL = new BenchmarkPlan(
            20,
            1_000,
            new Sweeps(3, 2_000),
            new Loads(new Load(16, List.of(25, 50, 100, 150), 20), new Load(64, List.of(50), 60)),
            new OnPlatform(20, 100, new Waits(5, 25), new Webhooks(50, 1_000, 100)));

    /** The least that shows that everything can still be measured. */
    static final BenchmarkPlan SMOKE = new BenchmarkPlan(
            1,
            1,
            new Sweeps(1, 50),
            new Loads(new Load(2, List.of(5), 1), new Load(2, List.of(5), 1)),
            new OnPlatform(1, 1, new Waits(1, 2), new Webhooks(1, 2, 1)));

    BenchmarkPlan withStarts(int others) {
        return new BenchmarkPlan(others, events, sweeps, loads, onPlatform);
    }

    BenchmarkPlan withImages(int others) {
        var same = onPlatform;
        return new BenchmarkPlan(
                starts,
                events,
                sweeps,
                loads,
                new OnPlatform(same.generations(), others, same.waits(), same.webhooks()));
    }
}
