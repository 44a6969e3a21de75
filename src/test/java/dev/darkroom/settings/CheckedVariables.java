package dev.darkroom.settings;

import dev.darkroom.provider.WiredProviders;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The environment variables that are checked when a function starts, for tests outside of this package. */
public final class CheckedVariables {

    public static final Set<String> NAMES = Stream.concat(
                    Environment.RULES.stream(),
                    WiredProviders.deployed().variables().stream().flatMap(provider -> provider.rules().stream()))
            .map(Rule::variable)
            .collect(Collectors.toUnmodifiableSet());

    private CheckedVariables() {}
}
