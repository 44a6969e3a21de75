package dev.darkroom.operator;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The budget in the arguments of a command: {@code MAX_BUDGET BUDGET_DURATION SOFT_BUDGET SHARED_BUDGET}. What is left
 * out stays as it was, so that a misspelt name removes nothing.
 */
final class KeyBudgetArguments {

    private static final String NONE = "none";
    private static final String AMOUNT = "dollars, with six decimals at most, or none";
    private static final String NAME = "1 to 63 lower-case letters, digits and inner hyphens, or none";
    private static final String SHARED = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private final List<String> texts;

    KeyBudgetArguments(List<String> texts) {
        this.texts = List.copyOf(texts);
    }

    boolean isEmpty() {
        return texts.stream().allMatch(String::isEmpty);
    }

    /** Throws an {@link OperatorException} that says what is wrong; {@code before} is the budget that the key has. */
    KeyBudget changed(KeyBudget before, Owner owner) {
        if (NONE.equals(texts.getFirst())) {
            return removed();
        }
        var max = value(0, before.max(), Money::parse, "MAX_BUDGET must be " + AMOUNT);
        var period = texts.get(1).isEmpty() ? before.period() : period(texts.get(1));
        var soft = value(2, before.soft(), Money::parse, "SOFT_BUDGET must be " + AMOUNT);
        var shared = value(3, before.shared(), name -> shared(name, owner), "SHARED_BUDGET must be " + NAME);
        if (max.isEmpty() && !isEmpty()) {
            throw new OperatorException("a budget needs MAX_BUDGET, in dollars: MAX_BUDGET=25");
        }
        if (soft.isPresent() && soft.get().compareTo(max.orElse(Money.ZERO)) > 0) {
            throw new OperatorException("SOFT_BUDGET, %s, must not be more than MAX_BUDGET".formatted(soft.get()));
        }
        return new KeyBudget(max, period, soft, shared);
    }

    private KeyBudget removed() {
        if (!texts.stream().skip(1).allMatch(String::isEmpty)) {
            throw new OperatorException("MAX_BUDGET=none removes the whole budget; leave out the rest of it");
        }
        return KeyBudget.NONE;
    }

    private <T> Optional<T> value(
            int number, Optional<T> before, Function<String, Optional<T>> reading, String sentence) {
        var text = texts.get(number);
        if (text.isEmpty()) {
            return before;
        }
        if (text.equals(NONE)) {
            return Optional.empty();
        }
        var read = reading.apply(text);
        if (read.isEmpty()) {
            throw new OperatorException("%s, not %s".formatted(sentence, text));
        }
        return read;
    }

    private static BudgetPeriod period(String text) {
        return BudgetPeriod.parse(text)
                .orElseThrow(() -> new OperatorException("BUDGET_DURATION must be 1d, 1mo or total, not " + text));
    }

    private static Optional<String> shared(String name, Owner owner) {
        return name.matches(SHARED) ? Optional.of(owner + "/" + name) : Optional.empty();
    }
}
