package dev.darkroom.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.budget.RemainingBudgets.BudgetLeft;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.submission.QuoteSubmission.Quote;

/**
 * The answer to {@link DryRun}, the same in every dialect. Amounts are US dollars. {@code price} is null where none is
 * established, and {@code queue} where the request would be submitted at once.
 */
public final class QuoteView {

    private QuoteView() {}

    /** Without the envelope of a dialect. */
    public static ObjectNode of(Quote.Valid quote) {
        var view = JsonNodeFactory.instance
                .objectNode()
                .put("dry_run", true)
                .put("model", quote.model().value())
                .put("currency", Money.CURRENCY)
                .put("price", quote.price().map(Money::dollars).orElse(null))
                .put("affordable", quote.isAffordable());
        var budgets = view.putArray("budgets");
        quote.budgets().forEach(budget -> write(budget, budgets.addObject()));
        quote.position()
                .ifPresentOrElse(
                        position -> {
                            var queue = view.putObject("queue").put("position", position.position());
                            queue.put(
                                    "estimated_start",
                                    position.startsAt().map(Object::toString).orElse(null));
                        },
                        () -> view.putNull("queue"));
        var warnings = view.putArray("warnings");
        quote.notices().warnings().forEach(warning -> warnings.add(warning.message()));
        return view;
    }

    private static void write(BudgetLeft budget, ObjectNode view) {
        view.put("scope", budget.limit().scope().value())
                .put("limit", budget.limit().max().dollars())
                .put("left", budget.left().dollars())
                .put("resets_at", budget.resetsAt().map(Object::toString).orElse(null));
    }
}
