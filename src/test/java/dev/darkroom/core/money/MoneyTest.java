package dev.darkroom.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({"25, 25000000, 25", "0.04, 40000, 0.04", "0.000001, 1, 0.000001", "0, 0, 0", "100.50, 100500000, 100.5"
    })
    void dollarsAreReadAndWrittenExactly(String dollars, long microDollars, String written) {
        var money = Money.parse(dollars).orElseThrow();

        assertThat(money).isEqualTo(new Money(microDollars)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1e3", "0.0000001", "1,5", " 1", "$1", "1.", ".5", "1234567890123"})
    void whatIsNoAmountIsNotRead(String text) {
        assertThat(Money.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 40000", "3, 120000", "4, 160000", "5, 160000"})
    void fewerImagesCostTheirShare(int made, long share) {
        assertThat(new Money(160_000).share(made, 4)).isEqualTo(new Money(share));
    }

    /** The provider never bills less than the exact share. */
    @Test
    void aShareThatIsNotWholeIsRoundedUp() {
        assertThat(new Money(100).share(1, 3)).isEqualTo(new Money(34));
    }

    @Test
    void anAmountIsNeverNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Money(-1));
    }
}
