package dev.darkroom.http.wavespeed.catalogue;

import dev.darkroom.core.money.Money;
import java.math.BigDecimal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Amounts of money as the provider writes them: numbers of US dollars. */
final class Dollars {

    static final String CURRENCY = "USD";

    private Dollars() {}

    /** Without zeros at its end, and without an exponent. */
    static BigDecimal of(long microDollars) {
        return Money.dollars(microDollars);
    }

    static @Nullable BigDecimal orNull(OptionalLong microDollars) {
        return microDollars.isPresent() ? of(microDollars.getAsLong()) : null;
    }

    /** What a caller should know about a price that is not established; null when it is. */
    static @Nullable String note(OptionalLong microDollars) {
        return microDollars.isPresent()
                ? null
                : "no price is established for this request; it is not free: the provider charges its own price";
    }
}
