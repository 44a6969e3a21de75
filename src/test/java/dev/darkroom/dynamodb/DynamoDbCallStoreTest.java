package dev.darkroom.dynamodb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.joining.CallKey;
import dev.darkroom.core.joining.CallState;
import dev.darkroom.core.joining.CallStore;
import dev.darkroom.core.joining.ClientCall;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(TestTable.class)
class DynamoDbCallStoreTest extends CallStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final DynamoDbClient client;
    private final CallStore store;

    DynamoDbCallStoreTest(DynamoDbClient client) {
        this.client = client;
        this.store = new DynamoDbCallStore(client, TestTable.CONFIG, () -> NOW);
    }

    @Override
    CallStore store() {
        return store;
    }

    @Test
    void aCallThatCannotBeReadIsLeftOutAndRemovedWithTheNextAnswer() {
        var key = new CallKey("c".repeat(64));
        var damaged = new GenerationId("d".repeat(32));
        var call = new ClientCall(
                new GenerationId("e".repeat(32)), 1, new CallState.Held(NOW, "h", NOW.plusSeconds(30), false));
        client.putItem(put -> put.tableName(TestTable.CONFIG.name())
                .item(Map.of(
                        "id",
                        AttributeValue.fromS("calls#" + key),
                        damaged.value(),
                        AttributeValue.fromM(Map.of("requests", AttributeValue.fromS("many"))))));

        var added = store.add(key, call);
        assertThat(added.isMade()).isTrue();
        assertThat(added.record().calls()).containsExactly(call);
        assertThat(added.record().unreadable()).containsExactly(damaged);
        store.answer(key, call.generation(), NOW, added.record().unreadable());

        assertThat(store.find(key).unreadable()).isEmpty();
    }

    @Test
    void aRecordOutlivesTheTimeInWhichItsCallsMayBeJoined() {
        var key = new CallKey("a".repeat(64));
        var call = new ClientCall(
                new GenerationId("b".repeat(32)), 1, new CallState.Held(NOW, "h", NOW.plusSeconds(305), false));

        store.add(key, call);

        var item = client.getItem(get ->
                        get.tableName(TestTable.CONFIG.name()).key(Map.of("id", AttributeValue.fromS("calls#" + key))))
                .item();
        assertThat(Long.parseLong(requireNonNull(item.get("expiresAt")).n()))
                .isGreaterThan(NOW.plusSeconds(305).plus(ClientCall.OPEN_FOR).getEpochSecond());
    }
}
