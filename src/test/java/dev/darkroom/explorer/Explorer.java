package dev.darkroom.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Runs something again and again, each time with other choices: first as it goes by default, then with every single
 * deviation (pre-emption, death, fault), then with every two, and so on. No two executions make the same choices.
 */
final class Explorer {

    private static final long SEED = 20260101;

    private final Random random = new Random(SEED);
    private final int most;
    private int run;
    private int complete = -1;
    private int longest;

    /** {@code most} is how many executions are enough, 1 or more. */
    private Explorer(int most) {
        this.most = most;
    }

    /** What goes otherwise with other choices. It throws when it ends wrongly. */
    @FunctionalInterface
    interface Execution {
        void run(Choices choices);
    }

    /**
     * What was explored.
     *
     * @param executions how many there were
     * @param complete with up to so many deviations there is no other execution
     * @param longest how many choices the longest had
     */
    record Exploration(int executions, int complete, int longest) {}

    /** Runs so many executions, or all when there are fewer. Throws {@link Violation} for the first that throws. */
    static Exploration explore(Execution execution, int executions) {
        return new Explorer(executions).explore(execution);
    }

    private Exploration explore(Execution execution) {
        var samples = new ArrayList<>(List.of(sample()));
        samples.getFirst().add(Plan.DEFAULT);
        for (int cost = 0; !samples.get(cost).isEmpty() && run < most; cost++) {
            samples.add(sample());
            exhaust(samples.get(cost), samples.get(cost + 1), execution);
            if (samples.get(cost).isEmpty() && samples.get(cost).isWhole() && complete == cost - 1) {
                complete = cost;
            }
        }
        return new Exploration(run, complete, longest);
    }

    private Sample sample() {
        return new Sample(most, random);
    }

    private void exhaust(Sample sample, Sample withOneMore, Execution execution) {
        while (run < most && !sample.isEmpty()) {
            var plan = sample.remove();
            var choices = Choices.of(plan);
            try {
                execution.run(choices);
            } catch (RuntimeException | Error e) {
                throw new Violation(plan, run, e, explain(execution, plan));
            }
            run++;
            longest = Math.max(longest, choices.made());
            for (int position = plan.end(); position < choices.made(); position++) {
                var next = choices.isFree(position) ? sample : withOneMore;
                for (int alternative = 1; alternative < choices.alternatives(position); alternative++) {
                    next.add(plan, position, alternative);
                }
            }
        }
    }

    private static List<String> explain(Execution execution, Plan plan) {
        var choices = Choices.explained(plan);
        try {
            execution.run(choices);
        } catch (RuntimeException | Error _) {
            // As it did before.
        }
        return choices.notes();
    }
}
