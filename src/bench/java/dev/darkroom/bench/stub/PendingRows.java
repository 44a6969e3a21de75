package dev.darkroom.bench.stub;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.local.table.DynamoDbLocal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** DynamoDB Local with a table full of due rows that were just submitted to the provider. */
public final class PendingRows implements AutoCloseable {

    private static final int WRITERS = 8;

    /** As long as a prompt that was written with care. */
    private static final String INPUT =
            """
            {"prompt":"%s","aspect_ratio":"16:9","num_images":1,"negative_prompt":"blurry, text"}""".formatted("a lighthouse at dawn, seen from the sea, with gulls, ".repeat(8));

    private final DynamoDbLocal table;

    public PendingRows(Path project) {
        table = DynamoDbLocal.start(project);
        table.createTable(project, BenchTable.NAME);
    }

    public URI address() {
        return table.address();
    }

    public String name() {
        return BenchTable.NAME;
    }

    /** Writes {@code rows} rows. */
    public void fill(int rows, int shards) throws InterruptedException {
        try (var client = DynamoDbLocal.client(address());
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            var store = BenchTable.store(client, shards);
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
        return BenchTable.processing(id(), id(), INPUT, Instant.ofEpochMilli(System.currentTimeMillis()));
    }

    private static String id() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    public void close() {
        table.close();
    }
}
