package dev.darkroom.provider.wavespeed.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/** An amount of money: a JSON number of US dollars. */
final class Dollars {

    private static final int MICRO = 6;

    /** More is no account's balance. It also bounds the digits of the sum. */
    private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000_000);

    private Dollars() {}

    /** In micro-dollars, rounded down, so that no balance is more than the account holds; empty for anything else. */
    static OptionalLong micro(JsonNode amount) {
        if (!amount.isNumber() || !Double.isFinite(amount.doubleValue())) {
            return OptionalLong.empty();
        }
        var dollars = amount.decimalValue();
        return dollars.abs().compareTo(MAX) > 0
                ? OptionalLong.empty()
                : OptionalLong.of(dollars.movePointRight(MICRO)
                        .setScale(0, RoundingMode.FLOOR)
                        .longValueExact());
    }
}
