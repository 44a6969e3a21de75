package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.LogLines;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check of the API key in the functions that serve callers; it comes before everything else. */
class ApiKeyCheckTest {

    private static final String KEY = TestCallers.keyOf(TestCallers.ACME).value();

    @RegisterExtension
    final LogLines log = new LogLines("dev.darkroom.http");

    @RegisterExtension
    final MetricLines metrics = new MetricLines();

    private final FuzzedGateway gateway = new FuzzedGateway();

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
    void aValidKeyIsAccepted(String scheme) {
        var event = Requests.withHeader(Requests.valid(), "authorization", scheme + KEY);

        assertThat(submit(event).status()).isEqualTo(200);
        gateway.checkOneRowAndOnePaidCall();
    }

    @Test
    void aRequestWithoutAKeyIsA401ThatSaysHowToSendOne() {
        var answer = gateway.submit.handleRequest(TestCallers.withoutKey(Requests.valid()), context());

        assertThat(answer.path("statusCode").intValue()).isEqualTo(401);
        assertThat(answer.at("/headers/www-authenticate").asText()).isEqualTo("Bearer");
        assertThat(answer.path("body").asText()).isEqualTo("""
                {"code":401,"message":"The request has no API key: send Authorization: Bearer, and a key of this gateway.",\
                "data":null,"error_code":"unauthorized","errors":[{"field":"Authorization",\
                "message":"is required: send Authorization: Bearer, and a key of this gateway"}]}""");
        gateway.checkNothingHappened();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer drk_",
                "Basic drk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "drk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Bearer drk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,Bearer x",
                "Bearer drk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
            })
    void whatIsNoKeyIsRefusedWithoutALookup(String authorization) {
        var answer = gateway.submit.handleRequest(
                Requests.withHeader(Requests.valid(), "authorization", authorization), context());

        assertThat(answer.path("statusCode").intValue()).isEqualTo(401);
        assertThat(answer.at("/headers/www-authenticate").asText()).isEqualTo("Bearer");
        assertThat(gateway.keys.lookups()).isZero();
        gateway.checkNothingHappened();
    }

    @Test
    void anUnknownKeyIsA401() {
        var answer = submit(withKeyOf("a-stranger", Requests.valid()));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().path("error_code").asText()).isEqualTo("unauthorized");
        gateway.checkNothingHappened();
    }

    @Test
    void aDisabledKeyIsA403() {
        gateway.keys.disable(TestCallers.keyOf(TestCallers.ACME).digest().id());

        var answer = submit(Requests.valid());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().path("error_code").asText()).isEqualTo("key_disabled");
        assertThat(answer.body().path("message").asText()).isEqualTo("The API key is disabled: use another key.");
        gateway.checkNothingHappened();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"prompt\": 1}", "{\"prompt\": \"a cat\", \"unknown\": 1}"})
    void theKeyIsCheckedBeforeTheBody(String body) {
        var event = TestCallers.withoutKey(Requests.submission("wavespeed-ai/imagen4", body));
        Requests.withHeader(event, "idempotency-key", "not, valid");
        event.put("rawQueryString", "unknown=1");

        assertThat(submit(event).status()).isEqualTo(401);
    }

    @Test
    void aTableThatDoesNotAnswerIsA503AndNotRemembered() {
        gateway.keys.setUnavailable(true);
        var refused = gateway.get.handleRequest(Requests.result("%032x".formatted(1)), context());
        gateway.keys.setUnavailable(false);

        var answer = get(Requests.result("%032x".formatted(1)));

        assertThat(refused.path("statusCode").intValue()).isEqualTo(503);
        assertThat(refused.at("/headers/retry-after").asText()).isEqualTo("1");
        assertThat(refused.path("body").asText()).contains("\"error_code\":\"store_unavailable\"");
        assertThat(metrics.names()).containsExactly("Errors");
        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void aKeyIsLookedUpOnceAMinuteByAProcess() {
        for (int request = 0; request < 3; request++) {
            get(Requests.result("%032x".formatted(1)));
        }
        assertThat(gateway.keys.lookups()).isEqualTo(1);

        gateway.core.clock.advance(Duration.ofMinutes(1));
        get(Requests.result("%032x".formatted(1)));

        assertThat(gateway.keys.lookups()).isEqualTo(2);
    }

    @Test
    void aRefusedHeadHasNoBody() {
        var event = TestCallers.withoutKey(Requests.unrouted("HEAD", "/api/v3/predictions/" + "0".repeat(32)));

        var answer = gateway.get.handleRequest(event, context());

        assertThat(answer.path("statusCode").intValue()).isEqualTo(401);
        assertThat(answer.at("/headers/www-authenticate").asText()).isEqualTo("Bearer");
        assertThat(answer.has("body")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v3/wavespeed-ai/imagen4, 'POST, OPTIONS'",
        "/api/v3/models, 'GET, HEAD, OPTIONS'",
        "/api/v3/predictions, 'POST, OPTIONS'",
        "/api/v3/predictions/0123/result, 'GET, HEAD, OPTIONS'",
        "/api/v3/predictions/0123/cancel, 'POST, OPTIONS'",
        "/openapi.json, 'GET, HEAD, OPTIONS'"
    })
    void optionsNeedsNoKeyAndReadsNothing(String path, String allowed) {
        gateway.keys.setUnavailable(true);
        var event = TestCallers.withoutKey(Requests.unrouted("OPTIONS", path));
        if (path.equals("/openapi.json")) {
            event.put("routeKey", "OPTIONS /openapi.json");
        }

        var answer = gateway.get.handleRequest(event, context());

        assertThat(answer.path("statusCode").intValue()).isEqualTo(204);
        assertThat(answer.at("/headers/allow").asText()).isEqualTo(allowed);
    }

    @Test
    void aPathThatDoesNotExistNeedsAKey() {
        assertThat(get(TestCallers.withoutKey(Requests.unrouted("GET", "/"))).status())
                .isEqualTo(401);
        assertThat(get(Requests.unrouted("GET", "/")).status()).isEqualTo(404);
    }

    @Test
    void theRouteOfDarkroomItselfRefusesInItsOwnForm() {
        var answer = gateway.get.handleRequest(TestCallers.withoutKey(Requests.byHash("0".repeat(64))), context());

        assertThat(Fuzz.object(answer.path("body").asText()).fieldNames())
                .toIterable()
                .containsExactly("code", "message", "error_code");
    }

    @Test
    void theLogSaysWhoseRequestItIsAndWithWhichKey() {
        get(Requests.result("%032x".formatted(1)));

        var id = TestCallers.keyOf(TestCallers.ACME).digest().id().value();
        assertThat(log.lines())
                .first()
                .isEqualTo(new LogLines.Line(
                        "INFO",
                        "caller-authenticated",
                        Map.of("requestId", "request", "owner", TestCallers.ACME, "keyId", id)));
        assertThat(log.lines()).last().satisfies(line -> {
            assertThat(line.message()).isEqualTo("request-rejected");
            assertThat(line.keys()).containsEntry("owner", TestCallers.ACME).containsEntry("keyId", id);
        });
    }

    @Test
    void theLogNamesADisabledKeyAndNothingOfAnUnknownOne() {
        gateway.keys.disable(TestCallers.keyOf(TestCallers.ACME).digest().id());

        submit(Requests.valid());
        submit(withKeyOf("a-stranger", Requests.valid()));

        assertThat(log.lines())
                .extracting(LogLines.Line::keys)
                .containsExactly(
                        Map.of(
                                "requestId",
                                "request",
                                "keyId",
                                TestCallers.keyOf(TestCallers.ACME)
                                        .digest()
                                        .id()
                                        .value(),
                                "httpStatus",
                                "403",
                                "errorCode",
                                "key_disabled"),
                        Map.of("requestId", "request", "httpStatus", "401", "errorCode", "unauthorized"));
        assertThat(log.texts()).noneMatch(line -> line.contains("drk_"));
    }

    private static ObjectNode withKeyOf(String owner, ObjectNode event) {
        return TestCallers.as(owner, event);
    }

    private CheckedResponse submit(JsonNode event) {
        return CheckedResponse.of(gateway.submit.handleRequest(event, context()));
    }

    private CheckedResponse get(JsonNode event) {
        return CheckedResponse.of(gateway.get.handleRequest(event, context()));
    }

    private static FakeContext context() {
        return new FakeContext(10_000);
    }
}
