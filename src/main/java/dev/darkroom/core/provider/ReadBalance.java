package dev.darkroom.core.provider;

import java.time.InstantSource;
import java.util.List;

/** Reads what the gateway's accounts at all its providers hold together. */
public final class ReadBalance {

    private final List<RememberedBalance> accounts;

    public ReadBalance(ImageProviders providers, InstantSource clock) {
        this.accounts = providers.byId().values().stream()
                .map(provider -> new RememberedBalance(provider, clock))
                .toList();
    }

    /** Known only if every provider that has a balance says it. */
    public Balance read() {
        Balance all = new Balance.None();
        for (var account : accounts) {
            all = plus(all, account.read());
        }
        return all;
    }

    /** The first failure counts. */
    private static Balance plus(Balance sum, Balance next) {
        return switch (sum) {
            case Balance.Unavailable _, Balance.Unreadable _ -> sum;
            case Balance.None() -> next;
            case Balance.Known(var before) ->
                switch (next) {
                    case Balance.Known(var more) -> new Balance.Known(before + more);
                    case Balance.None() -> sum;
                    case Balance.Unavailable _, Balance.Unreadable _ -> next;
                };
        };
    }
}
