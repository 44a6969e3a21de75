package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;

import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The budget of an API key as attributes of the key's item. A key of an earlier version has none of them. */
final class KeyBudgetValue {

    static final List<String> ATTRIBUTES =
            List.of(Attributes.MAX_BUDGET, Attributes.SOFT_BUDGET, Attributes.BUDGET_PERIOD, Attributes.SHARED_BUDGET);

    private KeyBudgetValue() {}

    static Map<String, AttributeValue> of(KeyBudget budget) {
        var attributes = new HashMap<String, AttributeValue>();
        attributes.put(Attributes.BUDGET_PERIOD, text(budget.period().duration()));
        budget.max().ifPresent(max -> attributes.put(Attributes.MAX_BUDGET, number(max.microDollars())));
        budget.soft().ifPresent(soft -> attributes.put(Attributes.SOFT_BUDGET, number(soft.microDollars())));
        budget.shared().ifPresent(name -> attributes.put(Attributes.SHARED_BUDGET, text(name)));
        return attributes;
    }

    static KeyBudget read(Map<String, AttributeValue> item) {
        var period = item.get(Attributes.BUDGET_PERIOD);
        return period == null
                ? KeyBudget.NONE
                : new KeyBudget(
                        money(item, Attributes.MAX_BUDGET),
                        BudgetPeriod.parse(period.s()).orElseThrow(),
                        money(item, Attributes.SOFT_BUDGET),
                        Optional.ofNullable(item.get(Attributes.SHARED_BUDGET)).map(AttributeValue::s));
    }

    private static Optional<Money> money(Map<String, AttributeValue> item, String attribute) {
        return Optional.ofNullable(item.get(attribute)).map(amount -> new Money(number(amount)));
    }
}
