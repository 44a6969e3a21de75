package dev.darkroom.core.generation;

import dev.darkroom.core.text.UnicodeText;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a caller notes about its request, such as a project or an order. It is stored, shown and filtered by. It is
 * never sent to a provider or printed.
 *
 * @param pairs 16 at most, in the order of their names; a name has 1 to 64 characters, a value 0 to 512, and neither
 *     has control characters
 */
public record Metadata(Map<String, String> pairs) {

    public static final Metadata NONE = new Metadata(Map.of());

    private static final int MAX_PAIRS = 16;
    private static final int MAX_NAME_LENGTH = 64;
    private static final int MAX_VALUE_LENGTH = 512;

    public Metadata {
        problem(pairs).ifPresent(problem -> {
            throw new IllegalArgumentException("metadata " + problem);
        });
        pairs = Collections.unmodifiableMap(new TreeMap<>(pairs));
    }

    /** What is wrong with the pairs, for the caller to read; empty when nothing is. */
    public static Optional<String> problem(Map<String, String> pairs) {
        return Stream.of(
                        ofCount(pairs.size()),
                        pairs.keySet().stream()
                                .flatMap(name -> ofName(name).stream())
                                .findFirst(),
                        ofValues(pairs.values()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> ofCount(int count) {
        return count > MAX_PAIRS ? Optional.of("must have at most %d pairs".formatted(MAX_PAIRS)) : Optional.empty();
    }

    private static Optional<String> ofName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            return Optional.of("must have names of 1 to %d characters".formatted(MAX_NAME_LENGTH));
        }
        return isPrintable(name) ? Optional.empty() : Optional.of("must have no control characters in its names");
    }

    private static Optional<String> ofValues(Collection<String> values) {
        if (values.stream().anyMatch(value -> value.length() > MAX_VALUE_LENGTH)) {
            return Optional.of("must have values of at most %d characters".formatted(MAX_VALUE_LENGTH));
        }
        return values.stream().allMatch(Metadata::isPrintable)
                ? Optional.empty()
                : Optional.of("must have no control characters in its values");
    }

    private static boolean isPrintable(String text) {
        return UnicodeText.isWellFormed(text) && text.chars().noneMatch(Character::isISOControl);
    }

    /** Whether it has all of these pairs. */
    public boolean contains(Metadata wanted) {
        return pairs.entrySet().containsAll(wanted.pairs.entrySet());
    }

    @Override
    public String toString() {
        return "Metadata[%d pairs]".formatted(pairs.size());
    }
}
