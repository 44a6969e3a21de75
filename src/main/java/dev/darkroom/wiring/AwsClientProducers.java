package dev.darkroom.wiring;

import dev.darkroom.application.CallbackAddress;
import dev.darkroom.application.SweepKick;
import dev.darkroom.application.WorkflowTasks;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.Shard;
import dev.darkroom.dynamodb.DeadlineInterceptor;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.lambda.LambdaSweepKick;
import dev.darkroom.lambda.StepFunctionsTasks;
import dev.darkroom.lambda.SweepConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Makes the clients of AWS services by hand: an extension for them would read its settings at every cold start. The
 * SDK itself takes other endpoints from {@code AWS_ENDPOINT_URL_…}.
 */
class AwsClientProducers {

    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** The table answers within milliseconds; what takes longer is better tried again. */
    private static final Duration TABLE_READ = Duration.ofSeconds(2);

    private static final Duration TABLE_CALL = Duration.ofSeconds(6);

    /** A kick that takes long is no use, because the caller of the gateway waits for it. */
    private static final Duration KICK_CALL = Duration.ofSeconds(3);

    private static final Duration TASK_READ = Duration.ofSeconds(3);

    private static final Duration TASK_CALL = Duration.ofSeconds(8);

    @Produces
    @Singleton
    DynamoDbClient dynamoDbClient(AwsConfig config) {
        return configured(
                        DynamoDbClient.builder(),
                        config,
                        TABLE_READ,
                        TABLE_CALL,
                        new DeadlineInterceptor(TABLE_CALL, InstantSource.system()))
                .build();
    }

    @Produces
    @Singleton
    SweepKick sweepKick(SweepConfig sweep, TableConfig table, CallbackAddress callback, AwsConfig config) {
        return sweep.function()
                .<SweepKick>map(function -> new LambdaSweepKick(lambdaClient(config), function, table.shards()))
                .map(kick -> callback.isKnown() ? unlessTold(kick) : kick)
                .orElse(_ -> {});
    }

    /** The provider tells us when an image is there, so nobody has to wait for it. */
    private static SweepKick unlessTold(SweepKick kick) {
        return new SweepKick() {
            @Override
            public void kick(Generation row) {
                if (!row.isInFlight()) {
                    kick.kick(row);
                }
            }

            @Override
            public void kickSweep(Shard shard) {
                kick.kickSweep(shard);
            }
        };
    }

    /** Made when the first task is answered, which most functions never do: that is what its scope is for. */
    @Produces
    @ApplicationScoped
    WorkflowTasks workflowTasks(AwsConfig config, CallbackAddress gateway) {
        var client =
                configured(SfnClient.builder(), config, TASK_READ, TASK_CALL).build();
        return new StepFunctionsTasks(client, gateway);
    }

    private static LambdaClient lambdaClient(AwsConfig config) {
        return configured(LambdaClient.builder(), config, KICK_CALL, KICK_CALL).build();
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
            B builder, AwsConfig config, Duration read, Duration call, ExecutionInterceptor... further) {
        return builder.region(Region.of(config.region()))
                .credentialsProvider(credentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(read))
                .overrideConfiguration(override -> {
                    override.apiCallTimeout(call).addExecutionInterceptor(new BufferedBodies());
                    Stream.of(further).forEach(override::addExecutionInterceptor);
                });
    }

    /**
     * The function's own: in the environment, or, where SnapStart has restored it, behind an address.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html#snapstart-credentials">SnapStart</a>
     */
    private static AwsCredentialsProviderChain credentials() {
        return AwsCredentialsProviderChain.of(
                EnvironmentVariableCredentialsProvider.create(), ContainerCredentialsProvider.create());
    }
}
