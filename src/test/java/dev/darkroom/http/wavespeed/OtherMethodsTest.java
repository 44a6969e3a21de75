package dev.darkroom.http.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import dev.darkroom.http.Requests;
import dev.darkroom.http.TestCallers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD is answered like GET, without the body, and OPTIONS with the methods of the path. */
class OtherMethodsTest {

    private static final String ID = "%032x".formatted(1);

    private final FuzzedGateway gateway = new FuzzedGateway();

    private JsonNode read(String method, String path) {
        return gateway.get.handleRequest(Requests.unrouted(method, path), new FakeContext(10_000));
    }

    private JsonNode byDefault(String method, String path) {
        return gateway.submit.handleRequest(Requests.unrouted(method, path), new FakeContext(10_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/result", "/events"})
    void headHasTheStatusAndTheHeadersOfGetAndNoBody(String ending) {
        gateway.storeOne();
        var path = "/api/v3/predictions/" + ID + ending;

        var head = read("HEAD", path);

        assertThat(head.path("statusCode").intValue()).isEqualTo(200);
        assertThat(head.path("headers")).isEqualTo(read("GET", path).path("headers"));
        assertThat(head.has("body")).isFalse();
    }

    @Test
    void headOfAnUnknownIdIsA404WithoutABody() {
        var head = read("HEAD", "/api/v3/predictions/" + ID);

        assertThat(head.path("statusCode").intValue()).isEqualTo(404);
        assertThat(head.has("body")).isFalse();
    }

    @Test
    void headOfAPathThatIsOnlyPostedToIsA405() {
        var head = byDefault("HEAD", "/api/v3/wavespeed-ai/imagen4");

        assertThat(head.path("statusCode").intValue()).isEqualTo(405);
        assertThat(head.at("/headers/allow").asText()).isEqualTo("POST, OPTIONS");
        assertThat(head.has("body")).isFalse();
        gateway.checkNothingHappened();
    }

    /** The path of deletions matches the route of results. */
    @Test
    void aDeletionThatIsReadIsA405() {
        var event = LambdaEvents.http("GET /api/v3/predictions/{id}", "/api/v3/predictions/delete");
        event.putObject("pathParameters").put("id", "delete");

        var answer = gateway.get.handleRequest(event, new FakeContext(10_000));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(405);
        assertThat(answer.at("/headers/allow").asText()).isEqualTo("POST, OPTIONS");
        gateway.checkNothingHappened();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v3/predictions/abc, 'GET, HEAD, OPTIONS'",
        "/api/v3/predictions/abc/result, 'GET, HEAD, OPTIONS'",
        "/api/v3/predictions/abc/events, 'GET, HEAD, OPTIONS'",
        "/api/v3/predictions/abc/cancel, 'POST, OPTIONS'",
        "/api/v3/predictions, 'POST, OPTIONS'",
        "/api/v3/predictions/delete, 'POST, OPTIONS'",
        "/api/v3/wavespeed-ai/imagen4, 'POST, OPTIONS'",
        "//prod//api/v3/wavespeed-ai/imagen4, 'POST, OPTIONS'"
    })
    void optionsNamesTheMethodsOfThePath(String path, String methods) {
        for (var answer : new JsonNode[] {read("OPTIONS", path), byDefault("OPTIONS", path)}) {
            assertThat(answer.path("statusCode").intValue()).isEqualTo(204);
            assertThat(answer.at("/headers/allow").asText()).isEqualTo(methods);
            assertThat(answer.at("/headers/x-request-id").asText()).isEqualTo("request");
            assertThat(answer.has("body")).isFalse();
        }
        gateway.checkNothingHappened();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/usage, /v1/usage",
        "'/v1/images/by-hash/{sha256}', /v1/images/by-hash/0000000000000000000000000000000000000000000000000000000000000000"
    })
    void pathsBelowV1AnswerOtherMethodsToo(String route, String path) {
        var options = LambdaEvents.http("ANY " + route, path);
        options.withObject("/requestContext/http").put("method", "OPTIONS");
        var post = LambdaEvents.http("ANY " + route, path);
        post.withObject("/requestContext/http").put("method", "POST");

        var preflight = gateway.get.handleRequest(TestCallers.withoutKey(options), new FakeContext(10_000));
        var wrong = gateway.get.handleRequest(post, new FakeContext(10_000));

        assertThat(preflight.path("statusCode").intValue()).isEqualTo(204);
        assertThat(preflight.at("/headers/allow").asText()).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(wrong.path("statusCode").intValue()).isEqualTo(405);
        assertThat(wrong.at("/headers/allow").asText()).isEqualTo("GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v3/media/uploads", "/api/v3/predictions/abc/result/more", "/"})
    void optionsOfAPathThatDoesNotExistIsA404(String path) {
        assertThat(byDefault("OPTIONS", path).path("statusCode").intValue()).isEqualTo(404);
    }
}
