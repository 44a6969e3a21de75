package dev.darkroom.faults.audit;

import dev.darkroom.local.table.DynamoDbLocal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The rows, read from the table without the faults. */
public final class Table implements AutoCloseable {

    /** A row that has not come to rest after this time never will. */
    private static final Duration REST = Duration.ofMinutes(10);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    /** A pause is at least so many times as long as the reading before it. */
    private static final int PAUSE_PER_READ = 4;

    private final DynamoDbClient client;

    public Table(URI address) {
        client = DynamoDbLocal.client(address);
    }

    /** Returns the rows as soon as the condition holds, or after ten minutes. */
    public List<Row> await(Predicate<List<Row>> rest) throws InterruptedException {
        var giveUp = Instant.now().plus(REST);
        var rows = Row.all(client);
        var pause = POLL_INTERVAL;
        while (!rest.test(rows) && Instant.now().isBefore(giveUp)) {
            Thread.sleep(pause);
            var begun = Instant.now();
            rows = Row.all(client);
            // Thousands of rows take seconds to read, in which the functions have less of the processor.
            pause = Collections.max(List.of(
                    POLL_INTERVAL, Duration.between(begun, Instant.now()).multipliedBy(PAUSE_PER_READ)));
        }
        return rows;
    }

    @Override
    public void close() {
        client.close();
    }
}
