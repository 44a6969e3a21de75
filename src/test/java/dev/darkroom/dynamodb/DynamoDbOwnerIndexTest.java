package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.core.RecordingListener;
import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.listing.ListGenerations;
import dev.darkroom.core.listing.ListGenerations.Filter;
import dev.darkroom.core.listing.ListGenerations.Listing;
import dev.darkroom.core.listing.ListGenerations.Query;
import dev.darkroom.core.listing.ListGenerations.Start;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.OwnerIndex;
import dev.darkroom.core.store.OwnerIndex.Entry;
import dev.darkroom.core.store.OwnerIndex.Span;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.local.table.DynamoDbLocal;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(TestTable.class)
class DynamoDbOwnerIndexTest extends OwnerIndexContract {

    /** DynamoDB Local takes some milliseconds for each row; the core's own test has ten thousand. */
    private static final int ROWS = 600;

    private static final int PAGE = 50;
    private static final int ADDED_FOR_EACH_PAGE = 5;

    private final DynamoDbClient client;
    private final GenerationStore store;
    private final OwnerIndex index;

    DynamoDbOwnerIndexTest(DynamoDbClient client) {
        this.client = client;
        this.store = new DynamoDbGenerationStore(client, TestTable.CONFIG, InstantSource.fixed(NOW));
        this.index = new DynamoDbOwnerIndex(client, TestTable.CONFIG);
    }

    @Override
    GenerationStore store() {
        return store;
    }

    @Override
    OwnerIndex index() {
        return index;
    }

    @Test
    void theApiKeysOfAnOwnerAreNotListed() {
        new DynamoDbApiKeys(client, TestTable.CONFIG)
                .add(new ApiKeyRecord(ApiKey.of(new byte[ApiKey.BYTES]).digest(), owner(), NOW, false));

        assertThat(index.entries(owner(), Span.ALL, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void aRowThatCannotBeReadIsNamedAndTheOthersAreRead() {
        var damaged = row(owner(), NOW);
        var readable = row(owner(), NOW);
        store.create(damaged);
        store.create(readable);
        client.updateItem(update -> update.tableName(TestTable.CONFIG.name())
                .key(Map.of("id", AttributeValue.fromS(damaged.id().value())))
                .updateExpression("SET #status = :status")
                .expressionAttributeNames(Map.of("#status", "status"))
                .expressionAttributeValues(Map.of(":status", AttributeValue.fromS("PAINTING"))));

        var rows = index.rows(List.of(damaged.id(), readable.id()));

        assertThat(rows)
                .isEqualTo(new OwnerIndex.Rows(
                        List.of(readable), List.of(damaged.id().value())));
    }

    @Test
    void aTableThatDoesNotAnswerIsUnavailable() {
        try (var nowhere = DynamoDbLocal.client(URI.create("http://localhost:1"))) {
            var unreachable = new DynamoDbOwnerIndex(nowhere, TestTable.CONFIG);

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> unreachable.entries(owner(), Span.ALL, Optional.empty(), 1));
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> unreachable.skip(owner(), Span.ALL, Optional.empty(), 1));
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> unreachable.rows(List.of(new GenerationId(unique()))));
        }
    }

    @Test
    void aWholeListIsPagedThroughInOrderWhileRowsAreAdded() {
        var rows = IntStream.range(0, ROWS)
                .mapToObj(i -> row(owner(), NOW.plusMillis(i / 3)))
                .toList();
        rows.parallelStream().forEach(store::create);
        var list = new ListGenerations(index, new RecordingListener());
        var listed = new ArrayList<Generation>();
        int added = 0;

        Optional<Entry> last = Optional.empty();
        do {
            var query = new Query(owner(), Filter.NONE, new Start.After(last), PAGE, false);
            var page = (Listing.Page) list.list(query);
            listed.addAll(page.rows());
            last = page.next();
            for (int i = 0; i < ADDED_FOR_EACH_PAGE; i++) {
                store.create(row(owner(), NOW.plusSeconds(9).plusMillis(added++)));
            }
        } while (last.isPresent());

        assertThat(listed).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(listed).extracting(Generation::createdAt).isSortedAccordingTo(Comparator.reverseOrder());
    }
}
