package dev.darkroom.faults.audit;

import dev.darkroom.local.table.DynamoDbLocal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The rows, read from the table without the faults. */
public final class Table implements AutoCloseable {

    /** A row that has not come to rest after this time never will. */
    private static final Duration REST = Duration.ofMinutes(10);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final DynamoDbClient client;

    public Table(URI address) {
        client = DynamoDbLocal.client(address);
    }

    /** Returns the rows as soon as the condition holds, or after ten minutes. */
    public List<Row> await(Predicate<List<Row>> rest) throws InterruptedException {
        var giveUp = Instant.now().plus(REST);
        var rows = Row.all(client);
        while (!rest.test(rows) && Instant.now().isBefore(giveUp)) {
            Thread.sleep(POLL_INTERVAL);
            rows = Row.all(client);
        }
        return rows;
    }

    @Override
    public void close() {
        client.close();
    }
}
