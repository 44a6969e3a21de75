package dev.darkroom.explorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The choices of one execution: those of its plan, and the first alternative wherever the plan has none. */
final class Choices {

    private static final int USUALLY = 256;

    private final Plan plan;
    private final boolean isExplained;
    private final List<String> notes = new ArrayList<>();
    private int[] alternatives = new int[USUALLY];
    private boolean[] free = new boolean[USUALLY];
    private int made;
    private int deviations;

    private Choices(Plan plan, boolean isExplained) {
        this.plan = plan;
        this.isExplained = isExplained;
    }

    static Choices of(Plan plan) {
        return new Choices(plan, false);
    }

    /** Choices that record {@link #notes}. */
    static Choices explained(Plan plan) {
        return new Choices(plan, true);
    }

    Plan plan() {
        return plan;
    }

    /** Chooses one of {@code count} alternatives; the first is the default, and each other one is a deviation. */
    int choose(int count) {
        return choose(count, false);
    }

    /** Chooses one of {@code count} alternatives, none of which is a deviation. */
    int chooseFreely(int count) {
        return choose(count, true);
    }

    private int choose(int count, boolean isFree) {
        if (made == alternatives.length) {
            alternatives = Arrays.copyOf(alternatives, 2 * made);
            free = Arrays.copyOf(free, 2 * made);
        }
        alternatives[made] = count;
        free[made] = isFree;
        boolean isPlanned = deviations < plan.deviations() && plan.position(deviations) == made;
        made++;
        int choice = isPlanned ? plan.alternative(deviations++) : 0;
        if (choice >= count) {
            throw new IllegalStateException("this plan is of another scenario or another version of it: " + plan);
        }
        return choice;
    }

    /** The number of choices so far. */
    int made() {
        return made;
    }

    int alternatives(int position) {
        return alternatives[position];
    }

    /** Whether no alternative at this position is a deviation. */
    boolean isFree(int position) {
        return free[position];
    }

    /** Records what happened, when the choices are {@link #explained}. */
    void note(Object who, Object what) {
        if (isExplained) {
            notes.add("%d %s: %s".formatted(made, who, what));
        }
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
