package dev.darkroom.bench;

import dev.darkroom.domain.Caller;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.State;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.local.DynamoDbLocal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** DynamoDB Local with a table full of rows that the provider has, was just given, and that are due. */
final class PendingRows implements AutoCloseable {

    private static final String TABLE = "darkroom-bench";
    private static final int WRITERS = 8;

    /** As long as a prompt that somebody took care of. */
    private static final String INPUT =
            """
            {"prompt":"%s","aspect_ratio":"16:9","num_images":1,"negative_prompt":"blurry, text"}""".formatted("a lighthouse at dawn, seen from the sea, with gulls, ".repeat(8));

    /** How the table is laid out. */
    private record Config(String name, int shards, Duration retention) implements TableConfig {}

    private final DynamoDbLocal table;

    PendingRows(Path project) {
        table = DynamoDbLocal.start(project);
        table.createTable(project, TABLE);
    }

    URI address() {
        return table.address();
    }

    String name() {
        return TABLE;
    }

    void fill(int rows, int shards) throws InterruptedException {
        try (var client = DynamoDbLocal.client(address());
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            var store = new DynamoDbGenerationStore(
                    client, new Config(TABLE, shards, Duration.ofDays(30)), InstantSource.system());
            for (var write : IntStream.range(0, rows)
                    .mapToObj(_ -> writers.submit(() -> store.create(row())))
                    .toList()) {
                await(write);
            }
        }
    }

    private static void await(Future<?> write) throws InterruptedException {
        try {
            write.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the table cannot be filled", e);
        }
    }

    private static Generation row() {
        var now = Instant.ofEpochMilli(System.currentTimeMillis());
        return new Generation(
                new GenerationId(id()),
                Caller.of(new Owner("acme")),
                new GenerationRequest(new ModelId("wavespeed-ai/imagen4"), INPUT),
                now,
                3,
                now,
                new State.Processing(new PredictionId(id()), now));
    }

    private static String id() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    public void close() {
        table.close();
    }
}
