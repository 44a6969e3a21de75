package dev.darkroom.core.submission;

import dev.darkroom.core.budget.Budgets;
import dev.darkroom.core.budget.SpendLimits;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.QueuePosition;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Says what a submission would cost and how long it would wait. It stores and sends nothing. */
public final class QuoteSubmission {

    private final SubmitGeneration submission;
    private final AdmissionControls admissions;
    private final SpendLimits limits;
    private final Budgets budgets;
    private final InstantSource clock;

    public QuoteSubmission(
            SubmitGeneration submission,
            AdmissionControls admissions,
            SpendLimits limits,
            Budgets budgets,
            InstantSource clock) {
        this.submission = submission;
        this.admissions = admissions;
        this.limits = limits;
        this.budgets = budgets;
        this.clock = clock;
    }

    /**
     * How much of a limit is left.
     *
     * @param left what may still be spent in the window of now
     * @param resetsAt when the window ends; empty when it never does
     */
    public record BudgetLeft(SpendLimit limit, Money left, Optional<Instant> resetsAt) {}

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
                        .allMatch(budget -> price.map(amount -> amount.compareTo(budget.left()) <= 0)
                                .orElse(false));
            }
        }

        /** The submission would be refused. */
        record Refused(Submission.Refusal refusal) implements Quote {}
    }

    /** Throws {@link StoreUnavailableException} when a limit or the queue cannot be read. */
    public Quote quote(Command command) {
        return switch (submission.prepare(command)) {
            case Preparation.Refused(var refusal) -> new Quote.Refused(refusal);
            case Preparation.Prepared(var request) ->
                new Quote.Valid(
                        request.model().id(),
                        request.price().map(each -> each.times(request.request().copies())),
                        limits.of(command.apiKey()).stream().map(this::left).toList(),
                        admissions.of(request.model().provider()).positionOfNext(request.demand()),
                        request.notices());
        };
    }

    private BudgetLeft left(SpendLimit limit) {
        var now = clock.instant();
        var use = budgets.use(limit.windowAt(now));
        long left = Math.max(0, limit.max().microDollars() - use.committed().microDollars());
        return new BudgetLeft(limit, new Money(left), limit.resetsAfter(now));
    }
}
