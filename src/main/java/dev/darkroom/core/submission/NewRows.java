package dev.darkroom.core.submission;

import dev.darkroom.core.budget.SpendLimits.Exceeded;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore.Creation;
import dev.darkroom.core.store.RepeatedWrite;
import java.util.List;
import java.util.Optional;

/** Stores new rows. The first row of a request holds the price of all its calls in the write that creates it. */
record NewRows(GenerationContext context, AdmissionControls admissions) {

    /** Returns why the row is not stored; empty when it is. */
    Optional<Entered> create(Generation row, List<SpendLimit> limits) {
        return switch (RepeatedWrite.retryOnce(() -> context.store().create(row, limits))) {
            case Creation.Created() -> Optional.empty();
            case Creation.Exists(var existing) -> Optional.of(new Entered.Exists(existing));
            case Creation.OverBudget(var limit, var use) ->
                Optional.of(new Entered.OverBudget(new Exceeded(limit, use, row.createdAt())));
        };
    }

    /**
     * Stores the copies before the first call is sent: a row that was submitted has all its copies, even if this
     * process ends here. A copy that is stored already stays as it is.
     */
    void storeCopies(Generation row, State.Queued queued) {
        for (int number = 1; number < row.request().copies(); number++) {
            var copy = row.copy(number, queued.round());
            if (create(copy, List.of()).isEmpty()) {
                context.listener().stateChanged(copy);
                admissions.of(row.provider()).keepWaiting(queued.round());
            }
        }
    }
}
