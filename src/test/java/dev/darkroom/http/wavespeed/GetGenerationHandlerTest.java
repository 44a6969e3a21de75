package dev.darkroom.http.wavespeed;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.GatewayTestResource;
import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.http.LambdaEvents;
import dev.darkroom.http.TestCallers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(GetGenerationHandlerTest.Handler.class)
@WithTestResource(GatewayTestResource.class)
class GetGenerationHandlerTest {

    /** Starts the application with this handler. */
    public static final class Handler implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.lambda.handler", "get-generation");
        }
    }

    private static final String ID = "0123456789abcdef0123456789abcdef";

    @Inject
    InMemoryGenerationStore store;

    @BeforeEach
    void forgetEarlierTests() {
        store.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/result"})
    void aCompletedGenerationHasItsOutputs(String ending) {
        storeCompleted();

        LambdaEvents.send(get("GET /api/v3/predictions/{id}" + ending, ID))
                .body("statusCode", equalTo(200))
                .body("headers.cache-control", equalTo("no-store"))
                .body("body", equalTo("""
                                {"code":200,"message":"success","data":{"id":"0123456789abcdef0123456789abcdef",\
                                "model":"wavespeed-ai/imagen4","outputs":["https://a/1.png","https://a/2.png"],\
                                "urls":{"get":"https://api.example/api/v3/predictions/0123456789abcdef0123456789abcdef/result"},\
                                "has_nsfw_contents":[false,true],"status":"completed",\
                                "created_at":"2026-01-01T12:00:00.000Z","error":"","timings":{"inference":1234}}}"""));
    }

    @Test
    void theGenerationOfAnotherOwnerIsNotFound() {
        storeCompleted();
        var event = get("GET /api/v3/predictions/{id}/result", ID);
        var missing = LambdaEvents.send(get("GET /api/v3/predictions/{id}/result", "f".repeat(32)));

        LambdaEvents.send(TestCallers.as(TestCallers.ANOTHER, event))
                .body("statusCode", equalTo(404))
                .body("body", equalTo(missing.extract().path("body")));
    }

    @Test
    void anIdThatDoesNotExistIsA404() {
        LambdaEvents.send(get("GET /api/v3/predictions/{id}/result", ID))
                .body("statusCode", equalTo(404))
                .body("body", containsString("\"errors\":[{\"field\":\"id\""));
    }

    @Test
    void anInvalidIdIsA400() {
        LambdaEvents.send(get("GET /api/v3/predictions/{id}/result", "lease#0"))
                .body("statusCode", equalTo(400))
                .body("body", containsString("\"error_code\":\"invalid_id\""));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v3/predictions/abc/result, 405, method_not_allowed, 'GET, HEAD, OPTIONS'",
        "/prod/api/v3/predictions/abc, 405, method_not_allowed, 'GET, HEAD, OPTIONS'",
        "/api/v3/predictions/abc/events, 405, method_not_allowed, 'GET, HEAD, OPTIONS'",
        "/api/v3/predictions/abc/cancel, 405, method_not_allowed, 'POST, OPTIONS'",
        "/api/v3/wavespeed-ai/imagen4, 405, method_not_allowed, 'POST, OPTIONS'",
        "/api/v3/predictions, 405, method_not_allowed, 'POST, OPTIONS'",
        "/api/v3/predictions/delete, 405, method_not_allowed, 'POST, OPTIONS'",
        "/api/v3/predictions/abc/result/more, 404, route_not_found,",
        "/api/v3/, 404, route_not_found,",
        "/, 404, route_not_found,"
    })
    void whatNoRouteTakesIsAnsweredInTheEnvelope(String path, int status, String code, String allowed) {
        LambdaEvents.send(LambdaEvents.http("$default", path))
                .body("statusCode", equalTo(status))
                .body("headers.allow", equalTo(allowed))
                .body("body", containsString("\"error_code\":\"%s\"".formatted(code)));
    }

    private void storeCompleted() {
        var now = Instant.parse("2026-01-01T12:00:00Z");
        var prediction = new PredictionId("p");
        var outputs = List.of(new Output("https://a/1.png", false), new Output("https://a/2.png", true));
        store.create(Generation.queued(
                        new GenerationId(ID),
                        new Owner("acme"),
                        new GenerationRequest(new ModelId("wavespeed-ai/imagen4"), new ProviderId("wavespeed"), "{}"),
                        now,
                        3)
                .claimed(TestClaims.claim("c", now), now.plusSeconds(2))
                .submitted(prediction, now, now.plusSeconds(2))
                .completed(new State.Completed(prediction, outputs, Duration.ofMillis(1234), now)));
    }

    private static ObjectNode get(String route, String id) {
        var event = LambdaEvents.http(route, "/api/v3/predictions/" + id + "/result");
        event.putObject("pathParameters").put("id", id);
        return event;
    }
}
