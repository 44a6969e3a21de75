package dev.darkroom.faults;

import dev.darkroom.local.DynamoDbLocal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The rows, read past all faults. */
final class Table implements AutoCloseable {

    /** What has not come to rest by then never will. */
    private static final Duration REST = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final DynamoDbClient client;

    Table(URI address) {
        client = DynamoDbLocal.client(address);
    }

    /** Gives back the rows when they are as they should be, or as they are after ten minutes. */
    List<Row> await(Predicate<List<Row>> rest) throws InterruptedException {
        var giveUp = Instant.now().plus(REST);
        var rows = Row.all(client);
        while (!rest.test(rows) && Instant.now().isBefore(giveUp)) {
            Thread.sleep(LOOK);
            rows = Row.all(client);
        }
        return rows;
    }

    @Override
    public void close() {
        client.close();
    }
}
