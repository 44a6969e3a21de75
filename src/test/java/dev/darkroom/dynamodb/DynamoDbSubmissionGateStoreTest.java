package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.ratelimit.FairQueue;
import dev.darkroom.core.ratelimit.SubmissionGate;
import dev.darkroom.core.ratelimit.SubmissionGateStore;
import dev.darkroom.core.ratelimit.SubmissionGateStore.Stored;
import dev.darkroom.core.ratelimit.SubmissionGateStore.Write;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

@ExtendWith(TestTable.class)
class DynamoDbSubmissionGateStoreTest extends SubmissionGateStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Owner OWNER = new Owner("0-acme");

    private final DynamoDbClient client;
    private final SubmissionGateStore store;

    DynamoDbSubmissionGateStoreTest(DynamoDbClient client) {
        this.client = client;
        this.store = new DynamoDbSubmissionGates(client, TestTable.CONFIG).of(TestTable.PROVIDER);
    }

    @BeforeEach
    void begin() {
        TestTable.forgetGate(client);
    }

    @AfterEach
    void end() {
        TestTable.forgetGate(client);
    }

    @Override
    SubmissionGateStore store() {
        return store;
    }

    @Test
    void aRequestThatTheClientSendsTwiceJoinsOnce() {
        store.replace(new Stored(waiting(1), 1));

        var write = sendingTwice(() -> {}).enqueue(OWNER, 100, NOW);

        assertThat(write).isEqualTo(new Write.Done(new Stored(waiting(2), 2)));
        assertThat(store.read()).isEqualTo(new Stored(waiting(2), 2));
    }

    /** Its first round stays empty, which a recount finds out. */
    @Test
    void aRequestThatTheClientSendsTwiceAroundAnotherWaitsInItsSecondRound() {
        store.replace(new Stored(waiting(1), 1));

        var write = sendingTwice(() -> store.enqueue(OWNER, 100, NOW)).enqueue(OWNER, 100, NOW);

        assertThat(write).isEqualTo(new Write.Done(new Stored(waiting(4), 4)));
    }

    private static SubmissionGate waiting(int requests) {
        var queue = FairQueue.EMPTY;
        for (int i = 0; i < requests; i++) {
            queue = queue.enqueue(OWNER, NOW);
        }
        return SubmissionGate.UNUSED.with(queue);
    }

    private SubmissionGateStore sendingTwice(Runnable between) {
        return new DynamoDbSubmissionGates(new SendingTwice(client, between), TestTable.CONFIG).of(TestTable.PROVIDER);
    }

    /** As the SDK does it when an answer does not arrive. */
    private record SendingTwice(DynamoDbClient client, Runnable between) implements DynamoDbClient {

        @Override
        public UpdateItemResponse updateItem(UpdateItemRequest request) {
            client.updateItem(request);
            between.run();
            return client.updateItem(request);
        }

        @Override
        public String serviceName() {
            return client.serviceName();
        }

        @Override
        public void close() {}
    }
}
