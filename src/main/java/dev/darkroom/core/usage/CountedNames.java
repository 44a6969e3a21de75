package dev.darkroom.core.usage;

import dev.darkroom.core.generation.Metadata;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names of metadata by which usage is counted, five at most. They are a setting of the deployment: each value of a
 * counted name has counters of its own, so a name with a new value in each request would make as many.
 */
public record CountedNames(Set<String> names) {

    public static final CountedNames NONE = new CountedNames(Set.of());

    /** The largest number of names. */
    public static final int MAX = 5;

    public CountedNames {
        names = Set.copyOf(names);
        if (names.size() > MAX) {
            throw new IllegalArgumentException("usage is counted by five names of metadata at most");
        }
    }

    public static CountedNames of(Collection<String> names) {
        return new CountedNames(Set.copyOf(names));
    }

    Map<String, String> in(Metadata metadata) {
        return metadata.pairs().entrySet().stream()
                .filter(pair -> names.contains(pair.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
