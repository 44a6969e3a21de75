package dev.darkroom.local;

import java.util.Collections;
import java.util.Set;

/**
 * A statement of a policy: what it allows.
 *
 * @param resources ARNs
 * @param onlyKeys the only keys of the table that it allows; empty for all of them
 * @param deniedKeys the keys of the table that it does not allow
 */
record Statement(Set<String> actions, Set<String> resources, Set<String> onlyKeys, Set<String> deniedKeys) {

    /** Wildcards other than a lone {@code *} are none of our policies' and match nothing. */
    boolean allows(Access access) {
        return actions.contains(access.action())
                && (resources.contains("*") || resources.contains(access.resource()))
                && allowsKeys(access.leadingKeys());
    }

    private boolean allowsKeys(Set<String> asked) {
        if (onlyKeys.isEmpty() && deniedKeys.isEmpty()) {
            return true;
        }
        return !asked.isEmpty()
                && (onlyKeys.isEmpty() || onlyKeys.containsAll(asked))
                && Collections.disjoint(deniedKeys, asked);
    }
}
