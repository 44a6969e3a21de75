package dev.darkroom.dynamodb;

import dev.darkroom.core.store.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Writes transactions. One that meets another on the same item, such as the counter of a limit that all requests share,
 * is refused by the table; it is repeated after a random time. Without the wait all would meet again.
 */
final class Transactions {

    private static final String CONFLICT = "TransactionConflict";
    private static final String CONDITION = "ConditionalCheckFailed";
    private static final String INVALID = "ValidationError";

    /** The longest wait in all: a request has to be answered. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Duration FIRST_WAIT = Duration.ofMillis(20);
    private static final int MAX_DOUBLINGS = 4;

    private final DynamoDbClient client;
    private final InstantSource clock;

    Transactions(DynamoDbClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Writes all parts or none. Throws a {@link TransactionCanceledException} when a condition does not hold, and any
     * other {@link SdkException} when the table does not answer or is still busy after some seconds.
     */
    void write(List<TransactWriteItem> parts) {
        var waited = Duration.ZERO;
        for (int conflicts = 1; ; conflicts++) {
            try {
                client.transactWriteItems(write -> write.transactItems(parts));
                return;
            } catch (TransactionCanceledException e) {
                var pause = wait(conflicts);
                waited = waited.plus(pause);
                if (!isConflict(e) || waited.compareTo(LONGEST) > 0 || !isInTime(pause)) {
                    throw e;
                }
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    /** Whether a condition does not hold, so that the transaction would fail again. */
    static boolean hasFailedCondition(TransactionCanceledException e) {
        return e.cancellationReasons().stream().anyMatch(Transactions::isFailedCondition);
    }

    static boolean isFailedCondition(CancellationReason reason) {
        return CONDITION.equals(reason.code());
    }

    /** The parts that were refused because their item has an attribute of another type; none if the table does not say. */
    static List<TransactWriteItem> invalidParts(List<TransactWriteItem> parts, TransactionCanceledException e) {
        var reasons = e.cancellationReasons();
        return IntStream.range(0, Math.min(parts.size(), reasons.size()))
                .filter(i -> INVALID.equals(reasons.get(i).code()))
                .mapToObj(parts::get)
                .toList();
    }

    private static boolean isConflict(TransactionCanceledException e) {
        return !hasFailedCondition(e)
                && e.cancellationReasons().stream().anyMatch(reason -> CONFLICT.equals(reason.code()));
    }

    private boolean isInTime(Duration pause) {
        return Deadline.current()
                .filter(by -> !clock.instant().plus(pause).isBefore(by))
                .isEmpty();
    }

    private static Duration wait(int conflicts) {
        var longest = FIRST_WAIT.multipliedBy(1L << Math.min(conflicts - 1, MAX_DOUBLINGS));
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest.toNanos()));
    }
}
