package dev.darkroom.platform;

import dev.darkroom.local.Platform;
import dev.darkroom.local.table.DynamoDbLocal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the counter of a budget again and again until it is closed. */
final class WatchedCounter implements AutoCloseable {

    private final DynamoDbClient client;
    private final String id;
    private final AtomicLong most = new AtomicLong();
    private final Thread reader;
    private volatile boolean isClosed;

    WatchedCounter(RunningPlatform gateway, String id) {
        this.client = DynamoDbLocal.client(gateway.platform().tableAddress());
        this.id = id;
        this.reader = Thread.startVirtualThread(this::watch);
    }

    private void watch() {
        while (!isClosed) {
            read();
        }
    }

    private void read() {
        var item = client.getItem(get -> get.tableName(Platform.TABLE)
                        .key(Map.of("id", AttributeValue.fromS(id)))
                        .consistentRead(true))
                .item();
        long committed = Optional.ofNullable(item.get("committed"))
                .map(amount -> Long.parseLong(amount.n()))
                .orElse(0L);
        most.accumulateAndGet(committed, Math::max);
    }

    /** The most that was held and spent together in any read, this one included, in micro-dollars. */
    long most() {
        read();
        return most.get();
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            reader.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
