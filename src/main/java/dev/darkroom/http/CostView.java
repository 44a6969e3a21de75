package dev.darkroom.http;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.money.Money;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a generation costs, as callers of every dialect see it.
 *
 * @param amount in dollars, exact to a millionth: the price until it is settled, then what is charged
 * @param state {@code held}, {@code charged}, {@code released} or {@code unconfirmed}
 */
@RegisterForReflection
public record CostView(String currency, BigDecimal amount, String state) {

    private static final String HEADER = "x-darkroom-cost";

    /** Null when the generation has no price. */
    public static @Nullable CostView of(Generation generation) {
        return generation
                .knownCost()
                .map(cost -> new CostView(
                        Money.CURRENCY,
                        cost.amount().dollars(),
                        cost.state().name().toLowerCase(Locale.ROOT)))
                .orElse(null);
    }

    /** The header of every answer about one generation, such as {@code 0.04; currency=USD; state=held}. */
    public static Map<String, String> header(@Nullable CostView cost) {
        return cost == null
                ? Map.of()
                : Map.of(
                        HEADER,
                        "%s; currency=%s; state=%s".formatted(cost.amount.toPlainString(), cost.currency, cost.state));
    }
}
