package dev.darkroom.explorer;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The deviations of one execution: at which choices it does not take the default, and which alternative it takes there.
 */
final class Plan {

    static final Plan DEFAULT = new Plan(new int[0]);

    /** Pairs of position and alternative, by rising position. */
    private final int[] deviations;

    private Plan(int[] deviations) {
        this.deviations = deviations;
    }

    /** Parses the text of {@link #toString}. */
    static Plan parse(String text) {
        return new Plan(Arrays.stream(text.split("[ =]+"))
                .filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray());
    }

    /** This plan with one further deviation after all others. */
    Plan with(int position, int alternative) {
        var next = Arrays.copyOf(deviations, deviations.length + 2);
        next[deviations.length] = position;
        next[deviations.length + 1] = alternative;
        return new Plan(next);
    }

    int deviations() {
        return deviations.length / 2;
    }

    int position(int deviation) {
        return deviations[2 * deviation];
    }

    int alternative(int deviation) {
        return deviations[2 * deviation + 1];
    }

    /** The first position after the last deviation. */
    int end() {
        return deviations.length == 0 ? 0 : deviations[deviations.length - 2] + 1;
    }

    @Override
    public String toString() {
        return IntStream.range(0, deviations())
                .mapToObj(deviation -> position(deviation) + "=" + alternative(deviation))
                .collect(Collectors.joining(" "));
    }
}
