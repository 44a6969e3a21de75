package dev.darkroom.runtime;

import dev.darkroom.core.followup.WorkflowTasks;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.provider.WebhookAwareSweepTrigger;
import dev.darkroom.core.store.SweepTrigger;
import dev.darkroom.dynamodb.DeadlineInterceptor;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import dev.darkroom.worker.LambdaSweepTrigger;
import dev.darkroom.worker.SweepConfig;
import dev.darkroom.workflow.StepFunctionsTasks;
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

    /** The table answers within milliseconds; a call that takes longer is better retried. */
    private static final Duration TABLE_READ = Duration.ofSeconds(2);

    private static final Duration TABLE_CALL = Duration.ofSeconds(6);

    /** A slow trigger is of no use, because the caller of the gateway waits for it. */
    private static final Duration TRIGGER_CALL = Duration.ofSeconds(3);

    private static final Duration TASK_READ = Duration.ofSeconds(3);

    private static final Duration TASK_CALL = Duration.ofSeconds(8);

    @Produces
    @Singleton
    DynamoDbClient dynamoDbClient(AwsConfig config, Tracing tracing) {
        return configured(
                        DynamoDbClient.builder(),
                        config,
                        tracing,
                        TABLE_READ,
                        TABLE_CALL,
                        new DeadlineInterceptor(TABLE_CALL, InstantSource.system()))
                .build();
    }

    @Produces
    @Singleton
    SweepTrigger sweepTrigger(
            SweepConfig sweep, TableConfig table, ImageProviders providers, AwsConfig config, Tracing tracing) {
        return sweep.function()
                .map(function -> new LambdaSweepTrigger(
                        lambdaClient(config, tracing),
                        function,
                        sweep.fewFunction().orElse(function),
                        table.shards()))
                .<SweepTrigger>map(trigger -> new WebhookAwareSweepTrigger(trigger, providers))
                .orElse(_ -> {});
    }

    /**
     * Application-scoped, so that the client is made when the first task is notified; most functions never notify one.
     */
    @Produces
    @ApplicationScoped
    WorkflowTasks workflowTasks(AwsConfig config, Tracing tracing, GenerationViews views) {
        var client = configured(SfnClient.builder(), config, tracing, TASK_READ, TASK_CALL)
                .build();
        return new StepFunctionsTasks(client, views);
    }

    private static LambdaClient lambdaClient(AwsConfig config, Tracing tracing) {
        return configured(LambdaClient.builder(), config, tracing, TRIGGER_CALL, TRIGGER_CALL)
                .build();
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
            B builder,
            AwsConfig config,
            Tracing tracing,
            Duration read,
            Duration call,
            ExecutionInterceptor... further) {
        return builder.region(Region.of(config.region()))
                .credentialsProvider(credentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(read))
                .overrideConfiguration(override -> {
                    override.apiCallTimeout(call).addExecutionInterceptor(new BufferedRequestInterceptor());
                    Stream.of(further).forEach(override::addExecutionInterceptor);
                    tracing.of(override);
                });
    }

    /**
     * The function's own credentials: in the environment, or, after a restore by SnapStart, from an endpoint.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html#snapstart-credentials">SnapStart</a>
     */
    static AwsCredentialsProviderChain credentials() {
        return AwsCredentialsProviderChain.of(
                EnvironmentVariableCredentialsProvider.create(), ContainerCredentialsProvider.create());
    }
}
