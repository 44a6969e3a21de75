package dev.darkroom.core.money;

import java.util.regex.Pattern;

/**
 * Whose money a limit counts.
 *
 * @param value {@code deployment}, {@code key:<id of an API key>} or {@code shared:<owner>/<name of a budget>}
 */
public record BudgetScope(String value) {

    // Before the constants, whose construction uses it.
    private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private static final Pattern FORM = Pattern.compile("deployment|key:%1$s|shared:(%1$s/)?%1$s".formatted(NAME));

    private static final String SHARED = "shared:";

    /** All requests of the deployment. */
    public static final BudgetScope DEPLOYMENT = new BudgetScope("deployment");

    public BudgetScope {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a scope is deployment, key: or shared: with names of 1 to 63 lower-case letters, digits and hyphens");
        }
    }

    /** The requests with one API key. */
    public static BudgetScope ofKey(String id) {
        return new BudgetScope("key:" + id);
    }

    /** The requests with all API keys that share the budget of this name. */
    public static BudgetScope shared(String name) {
        return new BudgetScope(SHARED + name);
    }

    public boolean isDeployment() {
        return equals(DEPLOYMENT);
    }

    /** Whether several API keys may spend it. */
    public boolean isShared() {
        return value.startsWith(SHARED);
    }

    @Override
    public String toString() {
        return value;
    }
}
