package dev.darkroom.local.table;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.http.ImageLinks;
import dev.darkroom.http.PublicUrl;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The addresses of finished images, read from the table, because functions never log them. */
public final class StoredImages implements AutoCloseable {

    private record Config(String name, int shards, Duration retention) implements TableConfig {}

    private final DynamoDbClient client;
    private final DynamoDbGenerationStore store;

    public StoredImages(URI table, String name) {
        this.client = DynamoDbLocal.client(table);
        this.store = new DynamoDbGenerationStore(client, new Config(name, 1, Duration.ZERO), InstantSource.system());
    }

    /**
     * The addresses of a generation's images as callers get them; none while it is not completed.
     *
     * @param gateway under which callers reach the gateway
     */
    public List<String> of(GenerationId id, URI gateway) {
        return store.find(id)
                .map(row -> ImageLinks.of(FanIn.of(row, store).generation(), new PublicUrl(gateway.toString())))
                .orElse(List.of());
    }

    @Override
    public void close() {
        client.close();
    }
}
