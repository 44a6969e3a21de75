package dev.darkroom.local;

import java.util.Set;

/**
 * A statement of a policy: what it allows.
 *
 * @param resources ARNs
 * @param leadingKeys the only keys of the table that it allows; empty for all of them
 */
record Statement(Set<String> actions, Set<String> resources, Set<String> leadingKeys) {

    /** Wildcards other than a lone {@code *} are none of our policies' and match nothing. */
    boolean allows(Access access) {
        return actions.contains(access.action())
                && (resources.contains("*") || resources.contains(access.resource()))
                && (leadingKeys.isEmpty() || isAmongLeadingKeys(access.leadingKeys()));
    }

    private boolean isAmongLeadingKeys(Set<String> asked) {
        return !asked.isEmpty() && leadingKeys.containsAll(asked);
    }
}
