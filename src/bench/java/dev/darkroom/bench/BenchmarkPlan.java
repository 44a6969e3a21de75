package dev.darkroom.bench;

/**
 * How often what is measured; each 1 or more. With one of a kind none is made before it that does not count.
 *
 * @param starts of each handler's process
 * @param events for one process; a fifth as many before them do not count
 * @param generations whose write units are counted
 * @param images whose visibility is measured
 */
record BenchmarkPlan(int starts, int events, Sweeps sweeps, int generations, int images) {

    /** So many processes, each of which sweeps so many due rows. */
    record Sweeps(int processes, int rows) {}

    /** What {@code make bench} does unless it is asked for something else. */
    static final BenchmarkPlan FULL = new BenchmarkPlan(20, 1_000, new Sweeps(3, 2_000), 20, 100);

    /** As little as shows that everything can still be measured. */
    static final BenchmarkPlan SMOKE = new BenchmarkPlan(1, 1, new Sweeps(1, 50), 1, 1);

    BenchmarkPlan withStarts(int others) {
        return new BenchmarkPlan(others, events, sweeps, generations, images);
    }

    BenchmarkPlan withImages(int others) {
        return new BenchmarkPlan(starts, events, sweeps, generations, others);
    }
}
