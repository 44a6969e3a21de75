package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        assertThat(KeyBudgetArguments.read(List.of("", "", "", ""))).isEqualTo(KeyBudget.NONE);
    }

    @Test
    void allArgumentsAreRead() {
        assertThat(KeyBudgetArguments.read(List.of("25", "1mo", "20.5", "team-a")))
                .isEqualTo(new KeyBudget(
                        Optional.of(new Money(25_000_000)),
                        BudgetPeriod.MONTH,
                        Optional.of(new Money(20_500_000)),
                        Optional.of("team-a")));
    }

    @Test
    void withoutADurationABudgetNeverResets() {
        assertThat(KeyBudgetArguments.read(List.of("25", "", "", "")).period()).isEqualTo(BudgetPeriod.TOTAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x  |     |    |   | MAX_BUDGET must be dollars, with six decimals at most, not x
            25 | 1w  |    |   | BUDGET_DURATION must be 1d, 1mo or total, not 1w
               | 1mo |    |   | a budget needs MAX_BUDGET, in dollars: MAX_BUDGET=25
            25 |     | 30 |   | SOFT_BUDGET must not be more than MAX_BUDGET
            25 |     |    | A | SHARED_BUDGET must be 1 to 63 lower-case letters, digits and inner hyphens, not A
            """)
    void aWrongArgumentIsNamed(String max, String duration, String soft, String shared, String sentence) {
        var arguments = List.of(text(max), text(duration), text(soft), text(shared));

        assertThatThrownBy(() -> KeyBudgetArguments.read(arguments)).hasMessage(sentence);
    }

    private static String text(@Nullable String cell) {
        return cell == null ? "" : cell;
    }
}
