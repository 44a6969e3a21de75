package dev.darkroom.bench.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.application.GenerationStore.Creation;
import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.State;
import dev.darkroom.domain.Status;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.local.DynamoDbLocal;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class TableStandInTest {

    private static final Instant EVER = Instant.parse("2100-01-01T00:00:00Z");
    private static final GenerationId PROCESSING = new GenerationId(TableStandIn.PROCESSING);
    private static final GenerationId COMPLETED = new GenerationId(TableStandIn.COMPLETED);

    private final TableStandIn rows = new TableStandIn(0);
    private final StandIn table = new StandIn("application/x-amz-json-1.0", rows::reply);
    private final DynamoDbClient client = DynamoDbLocal.client(URI.create(table.address()));
    private final DynamoDbGenerationStore store = BenchTable.store(client, 1);

    @AfterEach
    void close() {
        client.close();
        table.close();
    }

    @Test
    void theRowsAreAsTheProductsOwnStoreReadsThem() {
        // When
        var processing = store.find(PROCESSING);
        var completed = store.find(COMPLETED);

        // Then
        assertThat(processing)
                .hasValueSatisfying(row -> assertThat(row.state().status()).isEqualTo(Status.PROCESSING));
        assertThat(completed)
                .hasValueSatisfying(row -> assertThat(row.state().status()).isEqualTo(Status.COMPLETED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "budget",
                "submission-gate",
                "keys",
                "key#0123456789",
                "lease#0",
                "prediction#b",
                "00000000000000000000000000000000",
                "0123456789abcdef0123456789abcdef"
            })
    void everyOtherIdIsNoItem(String id) {
        // When
        var answer = client.getItem(get -> get.tableName(BenchTable.NAME).key(key(id)));

        // Then
        assertThat(answer.hasItem()).isFalse();
        table.requireNoFailure();
    }

    @Test
    void aWriteSucceedsAndIsForgotten() {
        // Given
        var row = store.find(PROCESSING).orElseThrow();

        // When
        store.update(row.postponed(EVER));

        // Then
        assertThat(store.find(PROCESSING)).contains(row);
        table.requireNoFailure();
    }

    @Test
    void aRowThatIsThereIsNotCreatedOnceMore() {
        // Given
        var row = store.find(COMPLETED).orElseThrow();
        var other = BenchTable.processing(COMPLETED.value(), "a", "{}", Instant.EPOCH);

        // When
        var creation = store.create(other);

        // Then
        assertThat(creation).isEqualTo(new Creation.Exists(row));
    }

    @Test
    void dueRowsAreListedInTheirShardOnlyPageByPage() {
        // Given
        rows.makeDue(1_100);

        // When
        var due = store.due(new Shard(0), Instant.EPOCH, EVER, Optional.empty(), 10_000).rows();

        // Then
        assertThat(due).extracting(DueRow::id).doesNotHaveDuplicates().hasSize(1_100);
        assertThat(store.due(new Shard(0), EVER, EVER, Optional.empty(), 10_000).rows()).isEmpty();
        assertThat(store.due(new Shard(0), Instant.EPOCH, EVER, Optional.empty(), 7).rows()).isEqualTo(due.subList(0, 7));
        assertThat(store.queued(Optional.empty(), 10_000).rows()).isEmpty();
        table.requireNoFailure();
    }

    @Test
    void onlyAWriteThatEndsItsWorkTakesARowFromTheIndex() {
        // Given
        rows.makeDue(2);
        var due = store.due(new Shard(0), Instant.EPOCH, EVER, Optional.empty(), 10).rows();
        var first = store.find(due.getFirst().id()).orElseThrow();
        var completed = store.find(COMPLETED).orElseThrow();

        // When
        store.update(first.postponed(EVER));
        int postponed = rows.due();
        store.update(first.completed((State.Completed) completed.state()));

        // Then
        assertThat(postponed).isEqualTo(2);
        assertThat(store.due(new Shard(0), Instant.EPOCH, EVER, Optional.empty(), 10).rows()).containsExactly(due.getLast());
    }

    @Test
    void aRequestThatItDoesNotKnowIsReported() {
        // When
        assertThatThrownBy(() -> client.scan(scan -> scan.tableName(BenchTable.NAME)))
                .isInstanceOf(DynamoDbException.class);

        // Then
        assertThatThrownBy(table::requireNoFailure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not know TableRequest[operation=Scan");
    }

    @Test
    void aQueryOfAnotherFormIsReported() {
        // When
        assertThatThrownBy(() -> client.query(query -> query.tableName(BenchTable.NAME)
                        .indexName("due")
                        .keyConditionExpression("dueShard = :shard AND dueAt < :until")))
                .isInstanceOf(DynamoDbException.class);

        // Then
        assertThatThrownBy(table::requireNoFailure).hasMessageContaining("does not know this query");
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }
}
