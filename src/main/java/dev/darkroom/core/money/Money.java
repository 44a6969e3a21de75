package dev.darkroom.core.money;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An amount in US dollars, 0 or more.
 *
 * @param microDollars millionths of a dollar
 */
public record Money(long microDollars) implements Comparable<Money> {

    public static final Money ZERO = new Money(0);

    /** The currency of all amounts, as ISO 4217 names it. */
    public static final String CURRENCY = "USD";

    private static final int DECIMALS = 6;
    private static final Pattern DOLLARS = Pattern.compile("\\d{1,12}(\\.\\d{1,6})?");

    public Money {
        if (microDollars < 0) {
            throw new IllegalArgumentException("an amount is 0 or more");
        }
    }

    /** Parses dollars such as {@code 25} or {@code 0.04}, with six decimals at most; empty when it is no such text. */
    public static Optional<Money> parse(String dollars) {
        return DOLLARS.matcher(dollars).matches()
                ? Optional.of(new Money(
                        new BigDecimal(dollars).movePointRight(DECIMALS).longValueExact()))
                : Optional.empty();
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(microDollars, other.microDollars));
    }

    /** The difference, or zero when the other amount is larger. */
    public Money minus(Money other) {
        return new Money(Math.max(0, microDollars - other.microDollars));
    }

    public Money times(int count) {
        return new Money(Math.multiplyExact(microDollars, count));
    }

    /** The price of {@code made} of {@code asked} images at this price for all, rounded up; never more than the price. */
    public Money share(int made, int asked) {
        return made >= asked ? this : new Money(Math.ceilDiv(Math.multiplyExact(microDollars, made), asked));
    }

    /** In dollars, exactly, without trailing zeros. */
    public BigDecimal dollars() {
        return dollars(microDollars);
    }

    /** The same of what may be negative, such as a refund. */
    public static BigDecimal dollars(long microDollars) {
        var exact = sixDecimals(microDollars).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    /** In dollars with all six decimals, for columns of a table. */
    public static BigDecimal sixDecimals(long microDollars) {
        return BigDecimal.valueOf(microDollars, DECIMALS);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(microDollars, other.microDollars);
    }

    /** In dollars, such as {@code 0.04}. */
    @Override
    public String toString() {
        return dollars().toPlainString();
    }
}
