package dev.darkroom.local.iam;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A statement of a policy that allows actions.
 *
 * @param resources ARNs, or patterns of them
 * @param onlyKeys patterns of the table's keys that it allows; empty for all keys
 * @param deniedKeys patterns of the table's keys that it does not allow
 */
public record Statement(Set<String> actions, Set<String> resources, Set<String> onlyKeys, Set<String> deniedKeys) {

    private static final Pattern WILDCARD = Pattern.compile("[*?]|[^*?]+");

    /** The resource that the access is allowed on, by its name; empty when the access is not allowed. */
    Optional<String> allowedResource(AccessRequest access) {
        // Our policies have no wildcards in actions.
        return actions.contains(access.action()) && allowsKeys(access.leadingKeys())
                ? resources.stream()
                        .filter(resource -> isLike(Set.of(resource), access.resource()))
                        .map(this::named)
                        .findFirst()
                : Optional.empty();
    }

    /** The names of the resources: as they are declared, with the keys that alone are allowed. */
    Stream<String> names() {
        return resources.stream().map(this::named);
    }

    private String named(String resource) {
        return onlyKeys.isEmpty()
                ? resource
                : "%s, only %s".formatted(resource, String.join(", ", new TreeSet<>(onlyKeys)));
    }

    private boolean allowsKeys(Set<String> asked) {
        if (onlyKeys.isEmpty() && deniedKeys.isEmpty()) {
            return true;
        }
        return !asked.isEmpty()
                && (onlyKeys.isEmpty() || asked.stream().allMatch(key -> isLike(onlyKeys, key)))
                && asked.stream().noneMatch(key -> isLike(deniedKeys, key));
    }

    /** IAM's {@code StringLike}: {@code *} is any text, {@code ?} any character, and case matters. */
    private static boolean isLike(Set<String> patterns, String key) {
        return patterns.stream().anyMatch(pattern -> regex(pattern).matcher(key).matches());
    }

    private static Pattern regex(String pattern) {
        return Pattern.compile(
                WILDCARD.matcher(pattern).replaceAll(part -> switch (part.group()) {
                    case "*" -> ".*";
                    case "?" -> ".";
                    case String text -> Matcher.quoteReplacement(Pattern.quote(text));
                }),
                Pattern.DOTALL);
    }
}
