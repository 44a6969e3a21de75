package dev.darkroom.bench;

import java.util.List;

/**
 * How often what is measured; each 1 or more. With one of a kind none is made before it that does not count.
 *
 * @param starts of each handler's process
 * @param events for one process; a fifth as many before them do not count
 */
record BenchmarkPlan(int starts, int events, Sweeps sweeps, Load load, OnPlatform onPlatform) {

    /** So many processes, each of which sweeps so many due rows. */
    record Sweeps(int processes, int rows) {}

    /** Requests to so many processes at once, at each of these rates a second for so many seconds. */
    record Load(int processes, List<Integer> rates, int seconds) {}

    /**
     * What is measured on the local platform.
     *
     * @param generations whose write units are counted
     * @param images whose visibility is measured
     */
    record OnPlatform(int generations, int images) {}

    /** What {@code make bench} does unless it is asked for something else. */
    static final BenchmarkPlan FULL = new BenchmarkPlan(
            20, 1_000, new Sweeps(3, 2_000), new Load(16, List.of(25, 50, 100, 150), 20), new OnPlatform(20, 100));

    /** As little as shows that everything can still be measured. */
    static final BenchmarkPlan SMOKE =
            new BenchmarkPlan(1, 1, new Sweeps(1, 50), new Load(2, List.of(5), 1), new OnPlatform(1, 1));

    BenchmarkPlan withStarts(int others) {
        return new BenchmarkPlan(others, events, sweeps, load, onPlatform);
    }

    BenchmarkPlan withImages(int others) {
        return new BenchmarkPlan(starts, events, sweeps, load, new OnPlatform(onPlatform.generations(), others));
    }
}
