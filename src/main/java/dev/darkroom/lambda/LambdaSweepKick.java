package dev.darkroom.lambda;

import dev.darkroom.application.SweepKick;
import dev.darkroom.domain.Shard;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Kicks the sweep by an asynchronous invocation of its function. */
public final class LambdaSweepKick implements SweepKick {

    private static final Logger LOG = Logger.getLogger(LambdaSweepKick.class);

    private final LambdaClient client;
    private final String function;

    public LambdaSweepKick(LambdaClient client, String function) {
        this.client = client;
        this.function = function;
    }

    @Override
    public void kick(Shard shard) {
        try {
            client.invoke(invoke -> invoke.functionName(function)
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String("{\"shards\":[%d]}".formatted(shard.number()))));
        } catch (SdkException e) {
            LOG.warn("sweep-kick-failed", e);
        }
    }
}
