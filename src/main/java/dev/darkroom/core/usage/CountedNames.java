package dev.darkroom.core.usage;

import dev.darkroom.core.generation.Metadata;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names of metadata by which usage is counted, five at most. They are a setting of the deployment: each value of a
 * counted name has counters of its own, so a name with a new value in each request would make as many.
 */
public record CountedNames(Set<String> names) {

    public static final CountedNames NONE = new CountedNames(Set.of());

    private static final Pattern COMMA = Pattern.compile(",");

    /** The largest number of names. */
    public static final int MAX = 5;

    public CountedNames {
        names = Set.copyOf(names);
        if (names.size() > MAX) {
            throw new IllegalArgumentException("usage is counted by five names of metadata at most");
        }
    }

    /** {@code names} have commas between them. */
    public static CountedNames parse(String names) {
        return new CountedNames(
                COMMA.splitAsStream(names).filter(name -> !name.isEmpty()).collect(Collectors.toUnmodifiableSet()));
    }

    Map<String, String> in(Metadata metadata) {
        return metadata.pairs().entrySet().stream()
                .filter(pair -> names.contains(pair.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
