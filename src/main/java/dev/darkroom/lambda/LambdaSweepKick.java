package dev.darkroom.lambda;

import dev.darkroom.application.SweepKick;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.Shard;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Kicks the sweep by an asynchronous invocation of its function. */
public final class LambdaSweepKick implements SweepKick {

    private static final Logger LOG = Logger.getLogger(LambdaSweepKick.class);

    private static final String QUEUE = "{\"queue\":true}";

    private final LambdaClient client;
    private final String function;
    private final int shards;

    /** {@code shards} is how many shards there are, 1 or more. */
    public LambdaSweepKick(LambdaClient client, String function, int shards) {
        this.client = client;
        this.function = function;
        this.shards = shards;
    }

    @Override
    public <T> T kickBeside(Generation generation, Supplier<T> call) {
        try (var beside = Executors.newVirtualThreadPerTaskExecutor()) {
            beside.execute(() -> kick(generation));
            return call.get();
        }
    }

    @Override
    public void kick(Generation generation) {
        var dueAt = generation.dueAt();
        invoke(
                dueAt == null
                        ? QUEUE
                        : "{\"shards\":[%d],\"due\":[{\"id\":\"%s\",\"at\":%d}]}"
                                .formatted(
                                        Shard.of(generation.id(), shards).number(),
                                        generation.id(),
                                        dueAt.toEpochMilli()));
    }

    @Override
    public void kickSweep(Shard shard) {
        invoke(shard.equals(Shard.QUEUE) ? QUEUE : "{\"shards\":[%d]}".formatted(shard.number()));
    }

    private void invoke(String payload) {
        try {
            client.invoke(invoke -> invoke.functionName(function)
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String(payload)));
        } catch (SdkException e) {
            LOG.warn("sweep-kick-failed", e);
        }
    }
}
