package dev.darkroom.local.iam;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement of a policy that allows actions.
 *
 * @param resources ARNs, or patterns of them
 * @param onlyKeys patterns of the table's keys that it allows; empty for all keys
 * @param deniedKeys patterns of the table's keys that it does not allow
 */
public record Statement(Set<String> actions, Set<String> resources, Set<String> onlyKeys, Set<String> deniedKeys) {

    private static final Pattern WILDCARD = Pattern.compile("[*?]|[^*?]+");

    /** The resource that the access is allowed on, as it is declared; empty when the access is not allowed. */
    Optional<String> allowedResource(AccessRequest access) {
        // Our policies have no wildcards in actions.
        return actions.contains(access.action()) && allowsKeys(access.leadingKeys())
                ? resources.stream()
                        .filter(resource -> isLike(Set.of(resource), access.resource()))
                        .findFirst()
                : Optional.empty();
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
