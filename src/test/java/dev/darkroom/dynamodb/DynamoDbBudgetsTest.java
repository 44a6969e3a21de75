package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.budget.Budgets;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.StoreRefusedException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(TestTable.class)
class DynamoDbBudgetsTest extends BudgetContract {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Money PRICE = new Money(40_000);

    private final DynamoDbClient client;
    private final GenerationStore store;
    private final Budgets budgets;

    DynamoDbBudgetsTest(DynamoDbClient client) {
        this.client = client;
        this.store = new DynamoDbGenerationStore(client, TestTable.CONFIG, Clock.systemUTC());
        this.budgets = new DynamoDbBudgets(client, TestTable.CONFIG);
    }

    @Override
    GenerationStore store() {
        return store;
    }

    @Override
    Budgets budgets() {
        return budgets;
    }

    /** The first of three counters that the end of a row changes. */
    @Test
    void aCounterThatIsNoNumberKeepsNoOtherFromChanging() {
        var ofKey = limit();
        var shared = limit();
        var row = held(List.of(ofKey, shared));
        store.create(row, List.of(ofKey, shared));
        spoil(ofKey);

        assertThat(store.update(row.cancelled(NOON))).isEqualTo(new GenerationStore.Update.Written());

        assertThat(budgets.use(shared.windowAt(NOON)).committed()).isEqualTo(Money.ZERO);
    }

    @Test
    void aRequestUnderACounterThatIsNoNumberIsRefusedForGood() {
        var limit = limit();
        store.create(held(List.of(limit)), List.of(limit));
        spoil(limit);
        var row = held(List.of(limit));

        assertThatThrownBy(() -> store.create(row, List.of(limit)))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("budget#" + limit.windowAt(NOON));
        assertThat(store.find(row.id())).isEmpty();
    }

    private static SpendLimit limit() {
        return new SpendLimit(BudgetScope.ofKey(unique()), BudgetPeriod.TOTAL, new Money(1_000_000));
    }

    private static Generation held(List<SpendLimit> limits) {
        var windows = limits.stream().map(limit -> limit.windowAt(NOON)).toList();
        var request = new GenerationRequest(new ModelId("acme/one"), new ProviderId("acme"), "{}");
        return Generation.queued(new GenerationId(unique()), new Owner("acme"), request, NOON, 1)
                .costing(Cost.held(PRICE, 1, windows, 1));
    }

    private void spoil(SpendLimit limit) {
        client.updateItem(update -> update.tableName(TestTable.CONFIG.name())
                .key(BudgetCounters.key(limit.windowAt(NOON)))
                .updateExpression("SET committed = :text")
                .expressionAttributeValues(Map.of(":text", AttributeValue.fromS("much"))));
    }

    private static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
