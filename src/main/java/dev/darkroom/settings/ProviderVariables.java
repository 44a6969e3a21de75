package dev.darkroom.settings;

import java.util.List;

/**
 * The environment variables that a provider needs.
 *
 * @param rules what their values may be
 * @param neededForCalls of each of these lists one must be set for a function that calls providers, such as the
 *     provider's key or the secret that has it
 */
public record ProviderVariables(List<Rule> rules, List<List<String>> neededForCalls) {

    public static final ProviderVariables NONE = new ProviderVariables(List.of(), List.of());

    public ProviderVariables {
        rules = List.copyOf(rules);
        neededForCalls = neededForCalls.stream().map(List::copyOf).toList();
    }
}
