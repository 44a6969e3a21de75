package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.core.store.Deadline;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

class DeadlineInterceptorTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration LIMIT = Duration.ofMillis(600);
    private static final Answer SILENCE = Answer.andThenSilence("");
    private static final Answer DRIP = Answer.andThenADrip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{", ' ');

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallEndsAtTheDeadline(boolean drips) {
        assertThatACallEnds(drips ? DRIP : SILENCE, Optional.of(NOW.plusMillis(300)), "300 millis");
    }

    @Test
    void aCallWithMoreTimeEndsAtItsOwnLimit() {
        assertThatACallEnds(SILENCE, Optional.of(NOW.plusSeconds(8)), "600 millis");
    }

    @Test
    void aCallWithoutADeadlineEndsAtItsOwnLimit() {
        assertThatACallEnds(SILENCE, Optional.empty(), "600 millis");
    }

    private static void assertThatACallEnds(Answer answer, Optional<Instant> deadline, String after) {
        try (var table = RawServer.answering(answer);
                var client = client(table.address())) {
            assertThatExceptionOfType(ApiCallTimeoutException.class)
                    .isThrownBy(() -> read(client, deadline))
                    .withMessageContaining(after);
        }
    }

    @Test
    void afterTheDeadlineNothingIsSent() {
        try (var table = RawServer.answering(SILENCE);
                var client = client(table.address())) {
            assertThatExceptionOfType(SdkClientException.class)
                    .isThrownBy(() -> read(client, Optional.of(NOW)))
                    .withMessageContaining("no time left");

            assertThat(table.connections()).isZero();
        }
    }

    private static GetItemResponse read(DynamoDbClient client, Optional<Instant> deadline) {
        return Deadline.within(
                deadline,
                () -> client.getItem(get -> get.tableName("darkroom").key(Map.of("pk", AttributeValue.fromS("1")))));
    }

    private static DynamoDbClient client(URI table) {
        return DynamoDbClient.builder()
                .endpointOverride(table)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(override -> override.apiCallTimeout(LIMIT)
                        .addExecutionInterceptor(new DeadlineInterceptor(LIMIT, InstantSource.fixed(NOW))))
                .build();
    }
}
