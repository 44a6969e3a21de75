package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyBudgetArgumentsTest {

    @Test
    void withoutArgumentsAKeyHasNoBudget() {
        assertThat(read("", "", "", "")).isEqualTo(KeyBudget.NONE);
    }

    @Test
    void allArgumentsAreRead() {
        assertThat(read("25", "1mo", "20.5", "team-a"))
                .isEqualTo(new KeyBudget(
                        Optional.of(new Money(25_000_000)),
                        BudgetPeriod.MONTH,
                        Optional.of(new Money(20_500_000)),
                        Optional.of("acme/team-a")));
    }

    @Test
    void withoutADurationABudgetNeverResets() {
        assertThat(read("25", "", "", "").period()).isEqualTo(BudgetPeriod.TOTAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x  |     |    |   | MAX_BUDGET must be dollars, with six decimals at most, or none, not x
            25 | 1w  |    |   | BUDGET_DURATION must be 1d, 1mo or total, not 1w
               | 1mo |    |   | a budget needs MAX_BUDGET, in dollars: MAX_BUDGET=25
            25 |     | 30 |   | SOFT_BUDGET, 30, must not be more than MAX_BUDGET
            none | 1d |   |   | MAX_BUDGET=none removes the whole budget; leave out the rest of it
            25 |     |    | A | SHARED_BUDGET must be 1 to 63 lower-case letters, digits and inner hyphens, or none, not A
            """)
    void aWrongArgumentIsNamed(String max, String duration, String soft, String shared, String sentence) {
        assertThatThrownBy(() -> read(text(max), text(duration), text(soft), text(shared)))
                .hasMessage(sentence);
    }

    private static KeyBudget read(String... texts) {
        return new KeyBudgetArguments(List.of(texts)).changed(KeyBudget.NONE, new Owner("acme"));
    }

    private static String text(@Nullable String cell) {
        return cell == null ? "" : cell;
    }
}
