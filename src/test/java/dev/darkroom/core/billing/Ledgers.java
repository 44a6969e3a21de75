package dev.darkroom.core.billing;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import java.util.List;

/** Costs in each state. */
final class Ledgers {

    static final GenerationId ROW = new GenerationId("0123456789abcdef0123456789abcdef");

    private Ledgers() {}

    static Cost cost(Cost.State state, long microDollars) {
        var held = Cost.held(new Money(microDollars), 1, List.of(), 1);
        return switch (state) {
            case HELD -> held;
            case CHARGED -> held.charged(1, 2);
            case RELEASED -> held.released(2);
            case UNCONFIRMED -> held.unconfirmed();
        };
    }
}
