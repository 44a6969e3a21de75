package dev.darkroom.worker;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.store.SweepTrigger;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Triggers the sweep by an asynchronous invocation of its function. */
public final class LambdaSweepTrigger implements SweepTrigger {

    private static final Logger LOG = Logger.getLogger(LambdaSweepTrigger.class);

    private final LambdaClient client;
    private final String function;
    private final String fewFunction;
    private final int shards;

    /**
     * @param function sweeps queues, and shards in which many rows are due
     * @param fewFunction sweeps shards until it finds many rows in them
     * @param shards how many shards there are, 1 or more
     */
    public LambdaSweepTrigger(LambdaClient client, String function, String fewFunction, int shards) {
        this.client = client;
        this.function = function;
        this.fewFunction = fewFunction;
        this.shards = shards;
    }

    @Override
    public <T> T triggerBeside(Generation generation, Supplier<T> call) {
        try (var beside = Executors.newVirtualThreadPerTaskExecutor()) {
            beside.execute(() -> triggerFor(generation));
            return call.get();
        }
    }

    @Override
    public void triggerFor(Generation generation) {
        var dueAt = generation.dueAt();
        if (dueAt == null) {
            trigger(new Queue(generation.provider()));
        } else {
            invoke(
                    fewFunction,
                    "{\"shards\":[%d],\"due\":[{\"id\":\"%s\",\"at\":%d}]}"
                            .formatted(shardOf(generation).number(), generation.id(), dueAt.toEpochMilli()));
        }
    }

    /** One row of each shard is enough, because the sweep of the shard finds the others. */
    @Override
    public void triggerForAll(Collection<Generation> due) {
        due.stream()
                .collect(Collectors.toMap(this::shardOf, Function.identity(), (first, _) -> first))
                .values()
                .forEach(this::triggerFor);
    }

    private Shard shardOf(Generation row) {
        return Shard.of(row.id(), shards);
    }

    @Override
    public void trigger(DueIndexPartition partition) {
        invoke(partition instanceof Shard ? fewFunction : function, event(partition));
    }

    @Override
    public void handOver(DueIndexPartition partition) {
        invoke(function, event(partition));
    }

    private static String event(DueIndexPartition partition) {
        return switch (partition) {
            case Shard(var number) -> "{\"shards\":[%d]}".formatted(number);
            case Queue(var provider) -> "{\"queues\":[\"%s\"]}".formatted(provider);
        };
    }

    private void invoke(String name, String payload) {
        try {
            client.invoke(invoke -> invoke.functionName(name)
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String(payload)));
        } catch (SdkException e) {
            LOG.warn("sweep-trigger-failed", e);
        }
    }
}
