package dev.darkroom.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import dev.darkroom.core.store.GenerationStore.DueRow;
import dev.darkroom.core.store.Shard;
import dev.darkroom.http.Fuzz;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** What the trigger sends is what the function that sweeps reads. */
class LambdaSweepTriggerTest {

    private static final int SHARDS = 4;

    private final CoreFixture core = new CoreFixture();
    private final List<PollEvent> sent = new ArrayList<>();
    private final List<String> invoked = new ArrayList<>();
    private final LambdaSweepTrigger trigger =
            new LambdaSweepTrigger(new Recorder(), "poll-generations", "poll-few-generations", SHARDS);

    @Test
    void aShardIsSweptAlone() {
        trigger.trigger(new Shard(3));

        assertThat(sent).containsExactly(new PollEvent.Sweep(List.of(new Shard(3)), false, List.of()));
    }

    @Test
    void theQueueOfAProviderIsSweptAlone() {
        var queue = new Queue(new ProviderId("other"));

        trigger.trigger(queue);

        assertThat(sent).containsExactly(new PollEvent.Sweep(List.of(queue), false, List.of()));
    }

    @Test
    void aQueuedRowTriggersTheQueueOfItsProvider() {
        var row = core.stored("a cat");

        trigger.triggerFor(row);

        var queue = new Queue(CoreFixture.PROVIDER);
        assertThat(sent).containsExactly(new PollEvent.Sweep(List.of(queue), false, List.of()));
    }

    @Test
    void aDueRowIsNamedToTheSweepOfItsShard() {
        var row = core.processing();

        trigger.triggerFor(row);

        var due = new DueRow(row.id(), Objects.requireNonNull(row.dueAt()));
        assertThat(sent).containsExactly(new PollEvent.Sweep(List.of(Shard.of(row.id(), SHARDS)), false, List.of(due)));
    }

    @Test
    void severalDueRowsTriggerEachOfTheirShardsOnce() {
        var rows = IntStream.range(0, 3 * SHARDS)
                .mapToObj(number -> new GenerationId("%08x".formatted(number) + "0".repeat(24)))
                .map(id -> core.processing(id))
                .toList();

        trigger.triggerForAll(rows);

        assertThat(sent)
                .extracting(event -> ((PollEvent.Sweep) event).partitions())
                .containsExactlyInAnyOrderElementsOf(Shard.all(SHARDS).stream()
                        .map(List::<DueIndexPartition>of)
                        .toList());
    }

    @Test
    void theSmallFunctionSweepsAShardUntilItIsHandedOver() {
        trigger.triggerFor(core.processing());
        trigger.trigger(new Shard(1));
        trigger.handOver(new Shard(1));
        trigger.trigger(new Queue(CoreFixture.PROVIDER));

        assertThat(invoked)
                .containsExactly(
                        "poll-few-generations", "poll-few-generations", "poll-generations", "poll-generations");
        assertThat(sent.get(2)).isEqualTo(sent.get(1));
    }

    private final class Recorder implements LambdaClient {
        @Override
        public InvokeResponse invoke(InvokeRequest request) {
            invoked.add(request.functionName());
            sent.add(PollEvent.of(Fuzz.object(request.payload().asUtf8String()), SHARDS));
            return InvokeResponse.builder().statusCode(202).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
