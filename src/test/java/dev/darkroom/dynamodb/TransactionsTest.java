package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.store.Deadline;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class TransactionsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final Queue<List<String>> refusals = new ArrayDeque<>();
    private int calls;

    private final Transactions transactions = new Transactions(client(), InstantSource.fixed(NOW));

    @Test
    void aConflictIsTriedAgain() {
        refusals.add(List.of("None", "TransactionConflict"));
        refusals.add(List.of("TransactionConflict", "TransactionConflict"));

        transactions.write(List.of());

        assertThat(calls).isEqualTo(3);
    }

    @Test
    void aConditionThatDoesNotHoldIsNotTriedAgain() {
        refusals.add(List.of("ConditionalCheckFailed", "TransactionConflict"));

        assertThatThrownBy(() -> transactions.write(List.of())).isInstanceOf(TransactionCanceledException.class);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void nothingIsTriedAgainAfterTheDeadline() {
        refusals.add(List.of("TransactionConflict"));

        assertThatThrownBy(() -> Deadline.within(Optional.of(NOW), () -> {
                    transactions.write(List.of());
                    return true;
                }))
                .isInstanceOf(TransactionCanceledException.class);
        assertThat(calls).isEqualTo(1);
    }

    private DynamoDbClient client() {
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (_, _, _) -> {
                    calls++;
                    var codes = refusals.poll();
                    if (codes == null) {
                        return TransactWriteItemsResponse.builder().build();
                    }
                    throw TransactionCanceledException.builder()
                            .cancellationReasons(codes.stream()
                                    .map(code -> CancellationReason.builder()
                                            .code(code)
                                            .build())
                                    .toList())
                            .build();
                });
    }
}
