package dev.darkroom.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Runs an execution again and again: first with the default choices, then with every single deviation (pre-emption,
 * death, fault), then with every two, and so on. No two executions make the same choices.
 */
final class Explorer {

    private static final long SEED = 20260101;

    private final Random random = new Random(SEED);
    private final int most;
    private int run;
    private int complete = -1;
    private int longest;

    /** {@code most} is the largest number of executions, 1 or more. */
    private Explorer(int most) {
        this.most = most;
    }

    /** Code that does something else when other choices are made. It throws when a promise is broken. */
    @FunctionalInterface
    interface Execution {
        void run(Choices choices);
    }

    /**
     * What was explored.
     *
     * @param executions the number of executions
     * @param complete the number of deviations up to which every plan was executed
     * @param longest the number of choices in the longest execution
     */
    record Exploration(int executions, int complete, int longest) {}

    /** Runs up to {@code executions} executions. Throws {@link Violation} for the first one that throws. */
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
            // It fails as it did before; only its notes are needed.
        }
        return choices.notes();
    }
}
