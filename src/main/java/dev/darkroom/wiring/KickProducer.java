package dev.darkroom.wiring;

import dev.darkroom.application.SweepKick;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.lambda.LambdaSweepKick;
import dev.darkroom.lambda.SweepConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Makes the kick, and the Lambda client that it needs. */
class KickProducer {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration CALL = Duration.ofSeconds(3);

    @Produces
    @Singleton
    SweepKick sweepKick(SweepConfig config, TableConfig table) {
        return config.function()
                .<SweepKick>map(function -> new LambdaSweepKick(lambdaClient(), function, table.shards()))
                .orElse(_ -> {});
    }

    /** A kick that takes long is no use, because the caller of the gateway waits for it. */
    private static LambdaClient lambdaClient() {
        return LambdaClient.builder()
                .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(CALL))
                .overrideConfiguration(override -> override.apiCallTimeout(CALL))
                .build();
    }
}
