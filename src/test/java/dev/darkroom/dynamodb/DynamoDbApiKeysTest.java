package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.account.ApiKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

@ExtendWith(TestTable.class)
class DynamoDbApiKeysTest extends ApiKeysContract {

    private static final int MANY = 2_100;

    /** The most items of one batch write. */
    private static final int BATCH = 25;

    private final DynamoDbClient client;
    private final ApiKeys keys;

    DynamoDbApiKeysTest(DynamoDbClient client) {
        this.client = client;
        this.keys = new DynamoDbApiKeys(client, TestTable.CONFIG);
    }

    @Override
    ApiKeys keys() {
        return keys;
    }

    /** One unit is the cost of the smallest consistent read. */
    @Test
    void aLookupReadsOneSmallItemHoweverManyKeysThereAre() {
        var added = manyKeys();
        try (var counted = new CountedReads(client)) {
            var found = new DynamoDbApiKeys(counted.client(), TestTable.CONFIG)
                    .find(added.getLast().digest().id());

            assertThat(found).contains(added.getLast());
            assertThat(counted.units()).isEqualTo(1);
        }
        assertThat(keys.all()).containsSubsequence(added);
    }

    private List<ApiKeyRecord> manyKeys() {
        var start = Instant.parse("2026-02-01T00:00:00Z");
        var added = IntStream.range(0, MANY)
                .mapToObj(n -> key(start.plusSeconds(n)))
                .toList();
        for (int first = 0; first < MANY; first += BATCH) {
            var puts = added.subList(first, first + BATCH).stream()
                    .map(key -> WriteRequest.builder()
                            .putRequest(put -> put.item(DynamoDbApiKeys.item(key)))
                            .build())
                    .toList();
            client.batchWriteItem(write -> write.requestItems(Map.of(TestTable.CONFIG.name(), puts)));
        }
        return added;
    }
}
