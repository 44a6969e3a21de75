package dev.darkroom.dynamodb;

import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.budget.Budgets;
import dev.darkroom.core.store.GenerationStore;

class InMemoryBudgetsTest extends BudgetContract {

    private final InMemoryGenerationStore store = new InMemoryGenerationStore(1);

    @Override
    GenerationStore store() {
        return store;
    }

    @Override
    Budgets budgets() {
        return store.budgets();
    }
}
