package dev.darkroom.core.submission;

import dev.darkroom.core.budget.RemainingBudgets;
import dev.darkroom.core.budget.RemainingBudgets.BudgetLeft;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.QueuePosition;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.List;
import java.util.Optional;

/** Says what a submission would cost and how long it would wait. It stores and sends nothing. */
public final class QuoteSubmission {

    private final SubmitGeneration submission;
    private final AdmissionControls admissions;
    private final RemainingBudgets budgets;

    public QuoteSubmission(SubmitGeneration submission, AdmissionControls admissions, RemainingBudgets budgets) {
        this.submission = submission;
        this.admissions = admissions;
        this.budgets = budgets;
    }

    /** The answer to the question. */
    public sealed interface Quote {

        /**
         * The request is valid.
         *
         * @param model the model that would draw
         * @param price for all images together; empty where none is established
         * @param budgets the limits on the request, that of its key first
         * @param position in the queue; empty when the request would be submitted at once
         */
        record Valid(
                ModelId model,
                Optional<Money> price,
                List<BudgetLeft> budgets,
                Optional<QueuePosition> position,
                Notices notices)
                implements Quote {

            public Valid {
                budgets = List.copyOf(budgets);
            }

            /** Whether each limit has room for the price now. Where a limit applies, no price means no call. */
            public boolean isAffordable() {
                return budgets.stream()
                        .allMatch(budget -> price.filter(amount -> amount.compareTo(budget.left()) <= 0)
                                .isPresent());
            }
        }

        /** The submission would be refused. */
        record Refused(Submission.Refusal refusal) implements Quote {}
    }

    /** Throws {@link StoreUnavailableException} when a limit or the queue cannot be read. */
    public Quote quote(Command command) {
        return switch (submission.prepare(command)) {
            case Preparation.Refused(var refusal, var _) -> new Quote.Refused(refusal);
            case Preparation.Prepared(var request) ->
                new Quote.Valid(
                        request.model().id(),
                        request.price().map(each -> each.times(request.request().copies())),
                        budgets.of(command.apiKey()),
                        admissions.of(request.model().provider()).positionOfNext(request.demand()),
                        request.notices());
        };
    }
}
