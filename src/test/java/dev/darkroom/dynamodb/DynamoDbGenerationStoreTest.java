package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.EventLog;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.RequestDigest;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.store.StoreRefusedException;
import dev.darkroom.core.store.UnreadableRowException;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.local.table.DynamoDbLocal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void aRowThatNeedsWorkNeverExpires() {
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

    /** The price would count in its window for ever. */
    @Test
    void aRowWhosePriceWouldCountForEverDoesNotExpireUntilItIsSettled() {
        var limit = new SpendLimit(BudgetScope.ofKey("key"), BudgetPeriod.TOTAL, new Money(1_000_000));
        var row = row("a cat").costing(Cost.held(new Money(40_000), 1, List.of(limit.windowAt(NOW)), 1));
        store.create(row, List.of(limit));
        var sent = row.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2));
        store.update(sent);
        var failed = sent.failed(new Failure("code", "text"), NOW);
        store.update(failed);

        assertThat(item(row.id().value())).doesNotContainKey("expiresAt");

        store.update(failed.billed(Money.ZERO));

        assertThat(item(row.id().value())).containsKey("expiresAt");
    }

    /** A command of an operator does not know the retention of the stage. */
    @Test
    void aWriterWithAnotherRetentionDoesNotChangeWhenARowExpires(DynamoDbClient client) {
        var row = row("a cat");
        store.create(row);
        var failed = row.failed(new Failure("code", "text"), NOW);
        store.update(failed);
        var expiresAt = item(row.id().value()).get("expiresAt");
        var config = new OtherConfig(TestTable.CONFIG.name(), TestTable.CONFIG.shards(), Duration.ofDays(8));

        new DynamoDbGenerationStore(client, config, InstantSource.fixed(NOW)).update(failed.withFollowUps(List.of()));

        assertThat(item(row.id().value())).containsEntry("expiresAt", expiresAt);
    }

    private record OtherConfig(String name, int shards, Duration retention) implements TableConfig {}

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
        var task = new FollowUp.NotifyTask(new TaskToken("a-token"));
        var ended = row.withFollowUp(task, NOW);
        store.update(ended);
        store.update(ended.failed(new Failure("code", "text"), NOW));
        assertThat(item(row.id().value())).containsKeys("dueShard", "dueAt", "followUps");

        store.update(ended.failed(new Failure("code", "text"), NOW).without(List.of(task)));

        assertThat(item(row.id().value())).doesNotContainKeys("dueShard", "dueAt", "followUps");
    }

    @Test
    void aFollowUpIsStoredAsAMap() {
        var now = Long.toString(NOW.toEpochMilli());
        var row = rowWithATask();

        store.create(row);

        assertThat(item(row.id().value()).get("followUps"))
                .isEqualTo(AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of(
                        "kind", AttributeValue.fromS("notify-task"),
                        "target", AttributeValue.fromS("a-token"),
                        "since", AttributeValue.fromN(now),
                        "attempts", AttributeValue.fromN("0"),
                        "nextAt", AttributeValue.fromN(now))))));
    }

    @Test
    void eventsAreStoredAsOneShortText() {
        var row = row("a cat").received(NOW.minusMillis(1_204));
        store.create(row);

        store.update(row.failed(new Failure("code", "text"), NOW.plusSeconds(9)));

        assertThat(item(row.id().value()))
                .containsEntry("events", AttributeValue.fromS("received:-1204 claimed:0 failed:9000"));
    }

    @Test
    void aFullEventLogIsShort() {
        var row = row("a cat");
        store.create(row);
        var much = Collections.nCopies(1_000, Event.FOLLOW_UP_ABANDONED.at(NOW.plus(Duration.ofDays(300))));

        store.update(row.failed(new Failure("code", "text"), NOW).noted(much));

        assertThat(item(row.id().value()))
                .hasEntrySatisfying("events", events -> assertThat(events.s()).hasSizeLessThanOrEqualTo(20 * 40));
        assertThat(store.find(row.id()).orElseThrow().events().dropped()).isEqualTo(982);
    }

    /** A later version of the gateway may have written it, or an earlier one that knew no events. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        claimed:0 painted:7 failed:9000      | 2
        claimed:x failed dropped: :7 failed: | 0
        ''                                   | 0
        """)
    void aRowWhoseEventsCannotBeReadIsReadWithoutThem(String stored, int readable) {
        var row = row("a cat");
        store.create(row);
        setEvents(row.id().value(), stored);

        var read = store.find(row.id()).orElseThrow();

        assertThat(read.state()).isEqualTo(row.state());
        assertThat(read.events().entries()).hasSize(readable);
    }

    @Test
    void aRowOfAnEarlierVersionHasNoEvents() {
        var row = row("a cat");
        store.create(row);
        client.updateItem(update -> update.tableName(TestTable.CONFIG.name())
                .key(Map.of("id", AttributeValue.fromS(row.id().value())))
                .updateExpression("REMOVE events"));

        assertThat(store.find(row.id()).orElseThrow().events()).isEqualTo(EventLog.EMPTY);
    }

    private void setEvents(String id, String text) {
        client.updateItem(update -> update.tableName(TestTable.CONFIG.name())
                .key(Map.of("id", AttributeValue.fromS(id)))
                .updateExpression("SET events = :events")
                .expressionAttributeValues(Map.of(":events", AttributeValue.fromS(text))));
    }

    /** A later version of the gateway may have written it. */
    @Test
    void aRowThatOwesAnUnknownKindOfFollowUpIsUnreadable() {
        var row = rowWithATask();
        store.create(row);
        client.updateItem(update -> update.tableName(TestTable.CONFIG.name())
                .key(Map.of("id", AttributeValue.fromS(row.id().value())))
                .updateExpression("SET followUps[0].kind = :kind")
                .expressionAttributeValues(Map.of(":kind", AttributeValue.fromS("print-it"))));

        assertThatExceptionOfType(UnreadableRowException.class)
                .isThrownBy(() -> store.find(row.id()))
                .havingCause()
                .withMessage("there is no follow-up of the kind print-it");
        assertThat(store.findDue(Shard.of(row.id(), SHARDS), NOW, NOW.plusSeconds(99), Optional.empty(), 1000)
                        .rows())
                .extracting(GenerationStore.DueRow::id)
                .contains(row.id());
    }

    @Test
    void aDeletedRowKeepsOnlyWhatAccountingNeeds() {
        var metadata = new Metadata(Map.of("project", "posters"));
        var prediction = new PredictionId("p");
        var request = new GenerationRequest(
                        new ModelId("vendor/model"), new ProviderId("vendor"), "{\"prompt\":\"a cat\"}", 1, metadata)
                .sentAs(RequestDigest.of("vendor/model", "{\"prompt\": \"a cat\"}"));
        var row = Generation.submitting(
                row("").id(), new Owner("acme"), request, TestClaims.claim("c", NOW), NOW.plusSeconds(2));
        var submitted = row.submitted(prediction, NOW, NOW.plusSeconds(2));
        var completed = submitted.completed(new State.Completed(
                prediction, List.of(new Output("https://a/1.png", false)), Duration.ofSeconds(3), NOW));
        store.create(row);
        store.update(submitted);
        store.update(completed);
        var expiresAt = item(row.id().value()).get("expiresAt");

        store.update(completed.deleted(NOW));

        assertThat(item(row.id().value()))
                .containsOnlyKeys(
                        "id",
                        "owner",
                        "model",
                        "provider",
                        "input",
                        "createdAt",
                        "events",
                        "version",
                        "status",
                        "predictionId",
                        "submittedAt",
                        "outputs",
                        "nsfw",
                        "inferenceMs",
                        "finishedAt",
                        "expiresAt")
                .containsEntry("input", AttributeValue.fromS(""))
                .containsEntry("outputs", AttributeValue.fromL(List.of(AttributeValue.fromS(""))))
                .containsEntry("expiresAt", expiresAt);
    }

    @Test
    void aTableThatDoesNotAnswerIsUnavailable() {
        try (var nowhere = DynamoDbLocal.client(URI.create("http://localhost:1"))) {
            var unreachable = new DynamoDbGenerationStore(nowhere, TestTable.CONFIG, InstantSource.fixed(NOW));

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> unreachable.create(row("a cat")));
        }
    }

    /** DynamoDB limits an item to 400 KB. */
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

    private static Generation rowWithATask() {
        return row("a cat").owing(List.of(new FollowUp.NotifyTask(new TaskToken("a-token"))));
    }

    private Map<String, AttributeValue> item(String id) {
        return client.getItem(get -> get.tableName(TestTable.CONFIG.name()).key(Map.of("id", AttributeValue.fromS(id))))
                .item();
    }
}
