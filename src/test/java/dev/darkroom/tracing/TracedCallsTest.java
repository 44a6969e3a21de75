package dev.darkroom.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.httpclient.ByteCalls;
import dev.darkroom.httpclient.ByteRequest;
import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import dev.darkroom.httpclient.TimedCalls;
import dev.darkroom.restclient.RestCalls;
import dev.darkroom.restclient.RestClients;
import dev.darkroom.sigv4.AwsSigner;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Real calls to real servers, and what the daemon of X-Ray gets of them. */
class TracedCallsTest {

    private static final String SAMPLED =
            "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a87bd80c:1";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("an-access-key", "a-secret-key"));

    /** A provider's client. */
    @Path("/api")
    public interface ProviderClient {

        @GET
        @Path("/results/{id}")
        Response result(@HeaderParam("Authorization") String authorization, @PathParam("id") String id);
    }

    private final AtomicReference<@Nullable String> header = new AtomicReference<>(SAMPLED);

    @AfterEach
    void tellNobody() {
        TimedCalls.tell(null);
    }

    private XRay xRay(InetSocketAddress daemon) {
        return new XRay(daemon, header::get);
    }

    private static Answer status(int status, String body) {
        return Answer.of("HTTP/1.1 %d Said\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.length(), body));
    }

    private static HttpOutcome ask(URI server) {
        var client = RestClients.withNewConnections(server).build(ProviderClient.class);
        return RestCalls.send(() -> client.result("Bearer a-secret", "an-id"), 1_000, LIMIT);
    }

    private static JsonNode only(TestDaemon daemon) {
        var received = daemon.received();
        assertThat(received).hasSize(1);
        return received.getFirst();
    }

    @Test
    void theCallOfAProviderIsInTheTraceOfItsInvocationWithoutSecrets() {
        try (var daemon = new TestDaemon();
                var provider = RawServer.answering(status(200, "{}"))) {
            TimedCalls.tell(new TracedHttpCalls(xRay(daemon.address())));

            ask(provider.address());

            var document = only(daemon);
            assertThat(document.path("type").asText()).isEqualTo("subsegment");
            assertThat(document.path("trace_id").asText()).isEqualTo("1-5759e988-bd862e3fe1be46a994272793");
            assertThat(document.path("parent_id").asText()).isEqualTo("53995c3f42cd8ad8");
            assertThat(document.path("id").asText()).matches("[0-9a-f]{16}");
            assertThat(document.path("name").asText())
                    .isEqualTo(provider.address().getHost());
            assertThat(document.path("namespace").asText()).isEqualTo("remote");
            assertThat(document.at("/http/request/method").asText()).isEqualTo("GET");
            assertThat(document.at("/http/response/status").asInt()).isEqualTo(200);
            assertThat(document.at("/annotations/operation").asText()).isEqualTo("result");
            assertThat(document.path("start_time").asDouble())
                    .isLessThanOrEqualTo(document.path("end_time").asDouble());
            assertThat(document.has("fault") || document.has("error")).isFalse();
            assertThat(document.toString()).doesNotContain("a-secret", "an-id");
        }
    }

    @ParameterizedTest
    @CsvSource({"400, error", "404, error", "429, throttle", "500, fault", "503, fault"})
    void aBadAnswerIsMarked(int status, String mark) {
        try (var daemon = new TestDaemon();
                var provider = RawServer.answering(status(status, "{}"))) {
            TimedCalls.tell(new TracedHttpCalls(xRay(daemon.address())));

            ask(provider.address());

            assertThat(only(daemon).path(mark).asBoolean()).isTrue();
        }
    }

    @Test
    void aCallWithoutAnAnswerIsAFault() {
        try (var daemon = new TestDaemon();
                var provider = RawServer.answering(Answer.andThenSilence(""))) {
            TimedCalls.tell(new TracedHttpCalls(xRay(daemon.address())));
            var client = ByteCalls.withNewConnections();

            client.send(ByteRequest.get(provider.address(), Map.of()), 1_000, Duration.ofMillis(200));

            var document = only(daemon);
            assertThat(document.path("fault").asBoolean()).isTrue();
            assertThat(document.at("/cause/exceptions/0/type").asText()).isEqualTo("Unanswered");
        }
    }

    @Test
    void aSignedCallIsOneOfItsServiceOfAws() {
        try (var daemon = new TestDaemon();
                var kms = RawServer.answering(status(200, "{}"))) {
            TimedCalls.tell(new TracedHttpCalls(xRay(daemon.address())));
            var signer = new AwsSigner(CREDENTIALS, "kms", "eu-central-1", InstantSource.fixed(NOW));
            var request = new ByteRequest(
                    ByteRequest.Method.POST, kms.address(), Map.of("X-Amz-Target", "TrentService.Sign"), new byte[0]);

            ByteCalls.withNewConnections().send(signer.signed(request), 1_000, LIMIT);

            var document = only(daemon);
            assertThat(document.path("name").asText()).isEqualTo("KMS");
            assertThat(document.path("namespace").asText()).isEqualTo("aws");
            assertThat(document.at("/aws/operation").asText()).isEqualTo("Sign");
            assertThat(document.at("/aws/region").asText()).isEqualTo("eu-central-1");
            assertThat(document.toString()).doesNotContain("an-access-key", "Signature");
        }
    }

    @Test
    void theCallOfTheTableIsNamedAfterTheTable() {
        try (var daemon = new TestDaemon();
                var table = RawServer.answering(status(200, "{}"));
                var client = table(table.address(), xRay(daemon.address()))) {
            read(client);

            var document = only(daemon);
            assertThat(document.path("name").asText()).isEqualTo("DynamoDB");
            assertThat(document.path("namespace").asText()).isEqualTo("aws");
            assertThat(document.path("trace_id").asText()).isEqualTo("1-5759e988-bd862e3fe1be46a994272793");
            assertThat(document.path("parent_id").asText()).isEqualTo("53995c3f42cd8ad8");
            assertThat(document.at("/aws/operation").asText()).isEqualTo("GetItem");
            assertThat(document.at("/aws/table_name").asText()).isEqualTo("generations");
            assertThat(document.at("/aws/region").asText()).isEqualTo("us-east-1");
            assertThat(document.at("/http/response/status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void theTablesRefusalIsAnErrorAndItsSilenceAFault() {
        var refusal = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"}";
        try (var daemon = new TestDaemon();
                var refusing = RawServer.answering(status(400, refusal));
                var silent = RawServer.answering(Answer.andThenSilence(""));
                var refused = table(refusing.address(), xRay(daemon.address()));
                var unanswered = table(silent.address(), xRay(daemon.address()), Duration.ofMillis(300))) {
            assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> read(refused));
            assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> read(unanswered));

            assertThat(daemon.received())
                    .satisfiesExactly(
                            error -> assertThat(error.path("error").asBoolean()).isTrue(),
                            fault -> assertThat(fault.path("fault").asBoolean()).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1",
                "Root=\"},;Parent=53995c3f42cd8ad8;Sampled=1"
            })
    void nothingIsSentForAnInvocationThatIsNotSampled(String tracing) {
        header.set(tracing.isEmpty() ? null : tracing);
        try (var daemon = new TestDaemon();
                var provider = RawServer.answering(status(200, "{}"));
                var table = table(provider.address(), xRay(daemon.address()))) {
            TimedCalls.tell(new TracedHttpCalls(xRay(daemon.address())));

            ask(provider.address());
            read(table);

            assertThat(daemon.received()).isEmpty();
        }
    }

    @Test
    void aDaemonThatIsNotThereDisturbsNoCall() {
        InetSocketAddress nobody;
        try (var daemon = new TestDaemon()) {
            nobody = daemon.address();
        }
        try (var provider = RawServer.answering(status(200, "{}"))) {
            TimedCalls.tell(new TracedHttpCalls(xRay(nobody)));
            var unresolved = InetSocketAddress.createUnresolved("daemon.invalid", 2000);

            for (int call = 0; call < 3; call++) {
                assertThat(ask(provider.address())).isInstanceOf(HttpOutcome.Answered.class);
            }
            TimedCalls.tell(new TracedHttpCalls(xRay(unresolved)));
            assertThat(ask(provider.address())).isInstanceOf(HttpOutcome.Answered.class);
        }
    }

    @Test
    void whatIsTooLargeIsLostAndWhatFollowsIsNot() {
        try (var daemon = new TestDaemon()) {
            var xRay = xRay(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), daemon.address().getPort()));

            xRay.send("\"" + "x".repeat(70_000) + "\"");
            xRay.send("{}");

            assertThat(daemon.received()).hasSize(1);
        }
    }

    @Test
    void aThreadThatWasInterruptedDoesNotEndTheTraces() {
        try (var daemon = new TestDaemon()) {
            var xRay = xRay(daemon.address());

            Thread.currentThread().interrupt();
            xRay.send("{}");
            assertThat(Thread.interrupted()).isTrue();
            xRay.send("{\"name\":\"next\"}");

            assertThat(daemon.received())
                    .last()
                    .satisfies(document ->
                            assertThat(document.path("name").asText()).isEqualTo("next"));
        }
    }

    private static void read(DynamoDbClient client) {
        client.getItem(get -> get.tableName("generations").key(Map.of("id", AttributeValue.fromS("1"))));
    }

    private static DynamoDbClient table(URI address, XRay xRay) {
        return table(address, xRay, Duration.ofSeconds(20));
    }

    private static DynamoDbClient table(URI address, XRay xRay, Duration limit) {
        return DynamoDbClient.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(override -> override.apiCallTimeout(limit)
                        .retryStrategy(RetryMode.STANDARD)
                        .addExecutionInterceptor(new TracedAwsCalls(xRay, InstantSource.system())))
                .build();
    }
}
