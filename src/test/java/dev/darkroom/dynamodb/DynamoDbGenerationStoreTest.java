package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.application.GenerationStore;
import dev.darkroom.application.StoreRefusedException;
import dev.darkroom.application.StoreUnavailableException;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.TaskToken;
import dev.darkroom.domain.TestClaims;
import dev.darkroom.local.DynamoDbLocal;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(TestTable.class)
class DynamoDbGenerationStoreTest extends GenerationStoreContract {

    private final DynamoDbClient client;
    private final GenerationStore store;

    DynamoDbGenerationStoreTest(DynamoDbClient client) {
        this.client = client;
        this.store = new DynamoDbGenerationStore(client, TestTable.CONFIG, InstantSource.fixed(NOW));
    }

    @Override
    GenerationStore store() {
        return store;
    }

    @Test
    void aRowThatOwesWorkNeverExpires() {
        var row = row("a cat");
        store.create(row);

        assertThat(item(row.id().value())).doesNotContainKey("expiresAt");
    }

    @Test
    void aFinishedRowExpiresAfterTheRetention() {
        var row = row("a cat");
        store.create(row);
        store.update(row.failed(new Failure("code", "text"), NOW));

        var thirtyDaysLater = NOW.getEpochSecond() + 30 * 24 * 3600;
        assertThat(item(row.id().value())).containsEntry("expiresAt", AttributeValue.fromN("" + thirtyDaysLater));
    }

    @Test
    void aFinishedRowLeavesTheIndexAndNoTraceOfItsSteps() {
        var row = row("a cat");
        store.create(row);
        store.update(row.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2)));
        store.update(
                row.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2)).failed(new Failure("code", "text"), NOW));

        assertThat(item(row.id().value()))
                .doesNotContainKeys("dueShard", "dueAt", "claim", "claimedAt", "claimExpiresAt", "sentAt", "giveUpAt");
    }

    @Test
    void anAnsweredTaskLeavesNoTrace() {
        var row = row("a cat");
        store.create(row);
        var ended = row.awaitedBy(new TaskToken("a-token"), NOW);
        store.update(ended);
        store.update(ended.failed(new Failure("code", "text"), NOW));
        assertThat(item(row.id().value())).containsKeys("dueShard", "dueAt", "taskTokens");

        store.update(
                ended.failed(new Failure("code", "text"), NOW).waitedForNoMore(List.of(new TaskToken("a-token")), NOW));

        assertThat(item(row.id().value())).doesNotContainKeys("dueShard", "dueAt", "taskTokens");
    }

    @Test
    void aTableThatDoesNotAnswerIsUnavailable() {
        try (var nowhere = DynamoDbLocal.client(URI.create("http://localhost:1"))) {
            var unreachable = new DynamoDbGenerationStore(nowhere, TestTable.CONFIG, InstantSource.fixed(NOW));

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> unreachable.create(row("a cat")));
        }
    }

    /** An item of the table has 400 KB at most. */
    @Test
    void aRowThatIsTooLargeIsRefusedForGood() {
        var small = row("a cat");
        store.create(small);
        var failed = small.failed(new Failure("code", "x".repeat(400 * 1024)), NOW);

        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> store.create(row("x".repeat(400 * 1024))));
        assertThatExceptionOfType(StoreRefusedException.class).isThrownBy(() -> store.update(failed));
        assertThat(store.find(small.id())).contains(small);
    }

    private Map<String, AttributeValue> item(String id) {
        return client.getItem(get -> get.tableName(TestTable.CONFIG.name()).key(Map.of("id", AttributeValue.fromS(id))))
                .item();
    }
}
