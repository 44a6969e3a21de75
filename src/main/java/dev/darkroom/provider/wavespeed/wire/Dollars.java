package dev.darkroom.provider.wavespeed.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An amount of money: a JSON number of US dollars. It is read as the shortest decimal of its double, which is the number
 * that was written if that has fifteen digits at most.
 */
final class Dollars {

    private static final int MICRO = 6;

    /** More is no account's balance. It also bounds the digits of the sum. */
    private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000_000);

    private Dollars() {}

    /** In micro-dollars, rounded down, so that no balance is more than the account holds; empty for anything else. */
    static OptionalLong balance(JsonNode amount) {
        return micro(amount, RoundingMode.FLOOR);
    }

    /**
     * In micro-dollars, rounded to the nearest, because a provider that adds in floating point writes
     * 0.22499999999999998 for five times 0.045; empty for anything else.
     */
    static OptionalLong price(JsonNode amount) {
        return micro(amount, RoundingMode.HALF_UP);
    }

    private static OptionalLong micro(JsonNode amount, RoundingMode rounding) {
        return decimal(amount)
                .filter(dollars -> dollars.abs().compareTo(MAX) <= 0)
                .map(dollars -> OptionalLong.of(
                        dollars.movePointRight(MICRO).setScale(0, rounding).longValueExact()))
                .orElseGet(OptionalLong::empty);
    }

    private static Optional<BigDecimal> decimal(JsonNode amount) {
        try {
            return amount.isNumber() ? Optional.of(amount.decimalValue()) : Optional.empty();
        } catch (NumberFormatException _) {
            // Beyond what a double holds.
            return Optional.empty();
        }
    }
}
