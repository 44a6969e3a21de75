package dev.darkroom.operator;

import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.util.List;
import java.util.Optional;

/** The budget in the arguments of a command: {@code MAX_BUDGET BUDGET_DURATION SOFT_BUDGET SHARED_BUDGET}. */
final class KeyBudgetArguments {

    private static final String SHARED = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private KeyBudgetArguments() {}

    /** Empty arguments are left out; throws an {@link OperatorException} that says what is wrong. */
    static KeyBudget read(List<String> arguments) {
        var max = money("MAX_BUDGET", arguments.get(0));
        var period = period(arguments.get(1));
        var soft = money("SOFT_BUDGET", arguments.get(2));
        var shared = shared(arguments.get(3));
        if (max.isEmpty() && (period.isPresent() || soft.isPresent() || shared.isPresent())) {
            throw new OperatorException("a budget needs MAX_BUDGET, in dollars: MAX_BUDGET=25");
        }
        if (soft.isPresent() && soft.get().compareTo(max.orElse(Money.ZERO)) > 0) {
            throw new OperatorException("SOFT_BUDGET must not be more than MAX_BUDGET");
        }
        return new KeyBudget(max, period.orElse(BudgetPeriod.TOTAL), soft, shared);
    }

    private static Optional<Money> money(String variable, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Money.parse(text)
                .orElseThrow(() -> new OperatorException(
                        "%s must be dollars, with six decimals at most, not %s".formatted(variable, text))));
    }

    private static Optional<BudgetPeriod> period(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(BudgetPeriod.parse(text)
                .orElseThrow(() -> new OperatorException("BUDGET_DURATION must be 1d, 1mo or total, not " + text)));
    }

    private static Optional<String> shared(String text) {
        if (!text.isEmpty() && !text.matches(SHARED)) {
            throw new OperatorException(
                    "SHARED_BUDGET must be 1 to 63 lower-case letters, digits and inner hyphens, not " + text);
        }
        return Optional.of(text).filter(name -> !name.isEmpty());
    }
}
