package dev.darkroom.core.catalogue;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the "did you mean" suggestion for an unknown name. */
public final class Suggestion {

    private Suggestion() {}

    /** The known name that is nearest to the given one, or empty when none is near (at most a third of it differs). */
    public static Optional<String> nearest(String name, Collection<String> known) {
        // Longer than any known name, so not worth the quadratic work.
        if (name.length() > 100) {
            return Optional.empty();
        }
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .filter(candidate -> distance(name, candidate) <= Math.max(1, candidate.length() / 3));
    }

    /** Levenshtein's distance, ignoring case. */
    private static int distance(String a, String b) {
        var previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int replaced = previous[j - 1] + (same ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
