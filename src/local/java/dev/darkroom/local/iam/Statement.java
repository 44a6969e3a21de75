package dev.darkroom.local.iam;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement of a policy that allows actions.
 *
 * @param resources ARNs
 * @param onlyKeys patterns of the table's keys that it allows; empty for all keys
 * @param deniedKeys patterns of the table's keys that it does not allow
 */
public record Statement(Set<String> actions, Set<String> resources, Set<String> onlyKeys, Set<String> deniedKeys) {

    private static final Pattern WILDCARD = Pattern.compile("[*?]|[^*?]+");

    /** Of wildcards in actions and resources, only the resource {@code *} works: our policies have no others. */
    boolean allows(AccessRequest access) {
        return actions.contains(access.action())
                && (resources.contains("*") || resources.contains(access.resource()))
                && allowsKeys(access.leadingKeys());
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
