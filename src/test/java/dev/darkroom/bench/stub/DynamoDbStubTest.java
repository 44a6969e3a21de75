package dev.darkroom.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.ratelimit.FairQueue;
import dev.darkroom.core.ratelimit.SubmissionGate;
import dev.darkroom.core.ratelimit.SubmissionGateStore.Stored;
import dev.darkroom.core.ratelimit.SubmissionGateStore.Write;
import dev.darkroom.core.store.GenerationStore.Creation;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.local.table.DynamoDbLocal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

class DynamoDbStubTest {

    private static final Instant EVER = Instant.parse("2100-01-01T00:00:00Z");
    private static final GenerationId PROCESSING = new GenerationId(DynamoDbStub.PROCESSING);
    private static final GenerationId COMPLETED = new GenerationId(DynamoDbStub.COMPLETED);

    private final DynamoDbStub rows = new DynamoDbStub(0);
    private final Stub table = new Stub("application/x-amz-json-1.0", rows::reply);
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
        var kept = store.find(new GenerationId(DynamoDbStub.KEPT));

        // Then
        assertThat(processing)
                .hasValueSatisfying(row -> assertThat(row.state().status()).isEqualTo(Status.PROCESSING));
        assertThat(completed)
                .hasValueSatisfying(row -> assertThat(row.state().status()).isEqualTo(Status.COMPLETED));
        assertThat(kept)
                .hasValueSatisfying(
                        row -> assertThat(row.request().link()).isEqualTo(new LinkToken(DynamoDbStub.TOKEN)));
    }

    @Test
    void theApiKeyOfTheEventsIsStored() {
        // When
        var key = BenchTable.keys(client).find(DynamoDbStub.KEY.digest().id());

        // Then
        assertThat(key).hasValueSatisfying(record -> {
            assertThat(record.digest()).isEqualTo(DynamoDbStub.KEY.digest());
            assertThat(record.owner()).isEqualTo(BenchTable.OWNER);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gate",
                "submission-gate",
                "keys",
                "key#0123456789",
                "lease#0",
                "prediction#b",
                "00000000000000000000000000000000",
                "0123456789abcdef0123456789abcdef"
            })
    void otherIdsHaveNoItem(String id) {
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
    void aSharedItemIsChangedOnlyFromTheVersionThatItHas() {
        // Given
        change("gate", 0, 1, "first");

        // When
        var second = catchThrowableOfType(ConditionalCheckFailedException.class, () -> change("gate", 0, 1, "second"));
        change("gate", 1, 2, "third");

        // Then
        assertThat(second.item()).containsEntry("by", AttributeValue.fromS("first"));
        assertThat(client.getItem(get -> get.tableName(BenchTable.NAME).key(key("gate")))
                        .item())
                .containsEntry("by", AttributeValue.fromS("third"))
                .containsEntry("version", number(2));
        assertThat(rows.sharedWrites()).isEqualTo(2);
        assertThat(rows.sharedRefusals()).isEqualTo(1);
    }

    @Test
    void aRequestJoinsTheQueueBesideOthers() {
        // Given
        var gate = BenchTable.gate(client);
        var owner = new Owner("acme");
        var waiting = FairQueue.EMPTY.enqueue(owner, EVER);
        var refused = gate.enqueue(owner, 100, EVER);
        gate.replace(new Stored(SubmissionGate.UNUSED.with(waiting), 1));

        // When
        var joined = gate.enqueue(new Owner("umbrella"), 100, EVER);

        // Then
        var after = new Stored(SubmissionGate.UNUSED.with(waiting.enqueue(new Owner("umbrella"), EVER)), 2);
        assertThat(refused).isEqualTo(new Write.Refused(new Stored(SubmissionGate.UNUSED, 0)));
        assertThat(joined).isEqualTo(new Write.Done(after));
        assertThat(gate.read()).isEqualTo(after);
        assertThat(rows.sharedWrites()).isEqualTo(2);
        assertThat(rows.sharedRefusals()).isEqualTo(1);
    }

    private void change(String id, long before, long version, String by) {
        client.updateItem(update -> update.tableName(BenchTable.NAME)
                .key(key(id))
                .conditionExpression("attribute_not_exists(id) OR version = :before")
                .updateExpression("SET version = :version, by = :by")
                .expressionAttributeValues(
                        Map.of(":before", number(before), ":version", number(version), ":by", AttributeValue.fromS(by)))
                .returnValues(ReturnValue.ALL_NEW));
    }

    @Test
    void dueRowsAreListedPageByPage() {
        // Given
        rows.makeDue(1_100);

        // When
        var due = due(0, Instant.EPOCH, EVER);

        // Then
        assertThat(due).doesNotHaveDuplicates().hasSize(1_100).isSorted();
        table.requireNoFailure();
    }

    @Test
    void aQueryFindsOnlyWhatItAsksFor() {
        // Given
        rows.makeDue(1);

        // When
        var queued = due(-1, Instant.EPOCH, EVER);
        var later = due(0, EVER.minusSeconds(1), EVER);

        // Then
        assertThat(queued).isEmpty();
        assertThat(later).isEmpty();
    }

    @Test
    void onlyAWriteThatEndsItsWorkTakesARowFromTheIndex() {
        // Given
        rows.makeDue(2);
        var due = due(0, Instant.EPOCH, EVER);
        var first = store.find(new GenerationId(due.getFirst())).orElseThrow();
        var completed = store.find(COMPLETED).orElseThrow();

        // When
        store.update(first.postponed(EVER));
        int postponed = rows.due();
        store.update(first.completed((State.Completed) completed.state()));

        // Then
        assertThat(postponed).isEqualTo(2);
        assertThat(due(0, Instant.EPOCH, EVER)).containsExactly(due.getLast());
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

    /** The ids of a shard's index entries. */
    private List<String> due(int shard, Instant from, Instant until) {
        var values = Map.of(
                ":shard", AttributeValue.fromS(Integer.toString(shard)), ":from", time(from), ":until", time(until));
        return client
                .queryPaginator(query -> query.tableName(BenchTable.NAME)
                        .indexName("due")
                        .keyConditionExpression("dueShard = :shard AND dueAt BETWEEN :from AND :until")
                        .expressionAttributeValues(values)
                        .limit(500))
                .items()
                .stream()
                .map(item -> Objects.requireNonNull(item.get("id")).s())
                .toList();
    }

    private static AttributeValue time(Instant value) {
        return number(value.toEpochMilli());
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }
}
