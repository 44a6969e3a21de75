package dev.darkroom.dynamodb;

import dev.darkroom.application.BudgetStore;
import dev.darkroom.application.InMemoryBudgetStore;

class InMemoryBudgetStoreTest extends BudgetStoreContract {

    private final InMemoryBudgetStore store = new InMemoryBudgetStore();

    @Override
    BudgetStore store() {
        return store;
    }
}
