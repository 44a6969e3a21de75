package dev.darkroom.settings;

import java.util.Set;
import java.util.stream.Collectors;

/** The environment variables that are checked when a function starts, for tests outside of this package. */
public final class CheckedVariables {

    public static final Set<String> NAMES =
            Environment.RULES.stream().map(Rule::variable).collect(Collectors.toUnmodifiableSet());

    private CheckedVariables() {}
}
