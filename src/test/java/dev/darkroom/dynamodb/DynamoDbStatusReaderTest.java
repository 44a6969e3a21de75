package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.store.UnreadableRowException;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.local.table.DynamoDbLocal;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(TestTable.class)
class DynamoDbStatusReaderTest {

    private static final Instant NOW = GenerationStoreContract.NOW;

    private final DynamoDbClient client;
    private final DynamoDbGenerationStore store;
    private final DynamoDbStatusReader statuses;

    DynamoDbStatusReaderTest(DynamoDbClient client) {
        this.client = client;
        this.store = new DynamoDbGenerationStore(client, TestTable.CONFIG, InstantSource.fixed(NOW));
        this.statuses = new DynamoDbStatusReader(client, TestTable.CONFIG);
    }

    @Test
    void aRowsStatusIsTheOneOfItsLastWrite() {
        var row = stored("a cat");
        assertThat(statuses.read(row.id()).status()).contains(Status.SUBMITTING);

        store.update(row.failed(new Failure("code", "text"), NOW));

        assertThat(statuses.read(row.id()).status()).contains(Status.FAILED);
    }

    @Test
    void withoutARowThereIsNoStatus() {
        var reading = statuses.read(new GenerationId("f".repeat(32)));

        assertThat(reading.status()).isEmpty();
        assertThat(reading.readUnits()).isEqualTo(1);
    }

    /** The table charges for the whole row, although only one attribute is read. */
    @ParameterizedTest
    @CsvSource({"10, 1", "3000, 1", "7000, 2", "30000, 8"})
    void aReadCostsAUnitForEachFourKilobytes(int promptLength, int readUnits) {
        var row = stored("x".repeat(promptLength));

        assertThat(statuses.read(row.id()).readUnits()).isEqualTo(readUnits);
    }

    /** A later version of the gateway may have written it. */
    @Test
    void aStatusThatIsNotKnownIsUnreadable() {
        var row = stored("a cat");
        client.updateItem(update -> update.tableName(TestTable.CONFIG.name())
                .key(Map.of("id", AttributeValue.fromS(row.id().value())))
                .updateExpression("SET #status = :status")
                .expressionAttributeNames(Map.of("#status", "status"))
                .expressionAttributeValues(Map.of(":status", AttributeValue.fromS("PAINTING"))));

        assertThatExceptionOfType(UnreadableRowException.class).isThrownBy(() -> statuses.read(row.id()));
    }

    @Test
    void aTableThatDoesNotAnswerIsUnavailable() {
        try (var nowhere = DynamoDbLocal.client(URI.create("http://localhost:1"))) {
            var unreachable = new DynamoDbStatusReader(nowhere, TestTable.CONFIG);

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> unreachable.read(new GenerationId("f".repeat(32))));
        }
    }

    private Generation stored(String prompt) {
        var row = GenerationStoreContract.row(prompt);
        store.create(row);
        return row;
    }
}
