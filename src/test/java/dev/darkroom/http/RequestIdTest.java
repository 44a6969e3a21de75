package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every response carries an id that leads to its log line. */
class RequestIdTest {

    private static final Logger OURS = Logger.getLogger("dev.darkroom");

    private final FuzzedGateway gateway = new FuzzedGateway();
    private final List<Object> logged = new ArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(MDC.get("requestId"));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        OURS.addHandler(log);
    }

    @AfterEach
    void listenNoLonger() {
        OURS.removeHandler(log);
    }

    @Test
    void aSuccessHasIt() {
        var submitted = submit(Requests.valid());

        check(submitted, 200);
        check(get(Requests.result("%032x".formatted(1))), 200);
    }

    @Test
    void aRefusalHasItAndSoHasItsLine() {
        check(submit(Requests.submission("{}")), 400);
        check(submit(Requests.submission("prompt=a")), 415);
        check(submit(Requests.submission("x".repeat(300_000))), 413);
        check(submit(Requests.unrouted("GET", "/")), 404);
        check(get(Requests.unrouted("DELETE", "/api/v3/predictions/1")), 405);
        check(get(Requests.result("f".repeat(32))), 404);

        // Each request has the line about its API key too.
        assertThat(logged).hasSize(12).containsOnly("request");
    }

    @Test
    void aFailureHasItAndSoHasItsLine() {
        var incomplete = Requests.valid();
        incomplete.remove("requestContext");
        gateway.core.store.setUnavailable(true);

        check(submit(incomplete), 500);
        check(submit(Requests.valid()), 503);
        check(get(Requests.result("f".repeat(32))), 503);

        assertThat(logged).hasSize(6).containsOnly("request");
    }

    @Test
    void aWebhooksAnswersHaveIt() {
        gateway.storeOne();
        var event = Requests.webhook("wavespeed", "1").put("body", "{}");

        check(gateway.webhook.handleRequest(event, new FakeContext(10_000)), 401);
        assertThat(HttpResponses.noContent().path("statusCode").intValue()).isEqualTo(204);
        check(gateway.webhook.handleRequest(signed("%032x".formatted(1)), new FakeContext(10_000)), 204);
    }

    /** The row may be stored when the call fails, so the caller needs its id to check it before paying again. */
    @Test
    void anErrorNamesTheGenerationThatMayBeStored() {
        var id = new GenerationId("0123456789abcdef0123456789abcdef");
        var result = "/api/v3/predictions/0123456789abcdef0123456789abcdef/result";

        var unavailable = rendered(ApiError.storeUnavailable(id, result));
        var failed = rendered(ApiError.internal(id, result));

        assertThat(unavailable.path("body").asText()).isEqualTo("""
                {"code":503,"message":"The gateway's table does not answer at the moment. The request may have been stored: \
                read /api/v3/predictions/0123456789abcdef0123456789abcdef/result before you send it again.","data":null,\
                "error_code":"store_unavailable","errors":[],"id":"0123456789abcdef0123456789abcdef"}""");
        assertThat(failed.path("body").asText()).endsWith(",\"id\":\"0123456789abcdef0123456789abcdef\"}");
    }

    @Test
    void aRowThatTheTableMayHaveStoredIsNamed() {
        gateway.core.store.setUnavailable(true);
        var event = Requests.withHeader(Requests.valid(), "idempotency-key", "order-1");
        var expected = GenerationId.derived(new Owner("acme"), new IdempotencyKey("order-1"));

        var answer = CheckedResponse.of(submit(event));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().path("id").asText()).isEqualTo(expected.value());
        assertThat(gateway.core.provider.submissions()).isEmpty();
    }

    @Test
    void aStoredRowThatCannotBeReadIsNamed() {
        var event = Requests.withHeader(Requests.valid(), "idempotency-key", "order-1");
        var id = GenerationId.derived(new Owner("acme"), new IdempotencyKey("order-1"));
        check(submit(event), 200);
        gateway.core.store.damage(id);

        var answer = CheckedResponse.of(submit(event));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body().path("id").asText()).isEqualTo(id.value());
        assertThat(gateway.core.provider.submissions()).hasSize(1);
    }

    @Test
    void anErrorBeforeAnythingIsStoredNamesNone() {
        assertThat(rendered(ApiError.storeUnavailable()).path("body").asText()).doesNotContain("\"id\"");
        assertThat(rendered(ApiError.internal()).path("body").asText()).doesNotContain("\"id\"");
    }

    private static void check(JsonNode answer, int status) {
        assertThat(answer.path("statusCode").intValue()).isEqualTo(status);
        assertThat(answer.at("/headers/x-request-id").asText()).isEqualTo("request");
    }

    private ObjectNode signed(String id) {
        var event = Requests.webhook("wavespeed", id);
        var body = "{\"id\": \"prediction-1\", \"status\": \"failed\", \"error\": \"too dark\"}";
        SignedWebhook.sign(
                event.put("body", body),
                body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                gateway.core.clock.instant());
        return event;
    }

    private JsonNode submit(ObjectNode event) {
        return gateway.submit.handleRequest(event, new FakeContext(10_000));
    }

    private JsonNode get(ObjectNode event) {
        return gateway.get.handleRequest(event, new FakeContext(10_000));
    }

    private static JsonNode rendered(ApiError error) {
        return HttpResponses.error(error, WaveSpeedDialect.INSTANCE);
    }
}
