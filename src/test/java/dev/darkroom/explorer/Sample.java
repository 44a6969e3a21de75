package dev.darkroom.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Plans with the same number of deviations: all of them, or a random sample of {@code most} of them, each with the same
 * chance.
 */
final class Sample {

    private final List<Plan> plans = new ArrayList<>();
    private final int most;
    private final Random random;
    private long offered;

    Sample(int most, Random random) {
        this.most = most;
        this.random = random;
    }

    void add(Plan plan) {
        offered++;
        plans.add(plan);
    }

    /** Offers the plan with one further deviation; it may be left out of the sample. */
    void add(Plan plan, int position, int alternative) {
        offered++;
        if (plans.size() < most) {
            plans.add(plan.with(position, alternative));
            return;
        }
        long place = random.nextLong(offered);
        if (place < most) {
            plans.set((int) place, plan.with(position, alternative));
        }
    }

    Plan remove() {
        return plans.removeLast();
    }

    boolean isEmpty() {
        return plans.isEmpty();
    }

    /** Whether no plan was left out. */
    boolean isWhole() {
        return offered <= most;
    }
}
