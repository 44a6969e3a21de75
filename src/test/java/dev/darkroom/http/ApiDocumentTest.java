package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /openapi.json}, which needs no API key. */
class ApiDocumentTest {

    private static final ApiDocument DOCUMENT = new ApiDocument("{\"openapi\": \"3.1.0\"}");

    private final FuzzedGateway gateway = new FuzzedGateway();

    private static ObjectNode request(String method) {
        return TestCallers.withoutKey(LambdaEvents.http(method + " /openapi.json", "/openapi.json"));
    }

    private static String tag(ApiDocument document) {
        return document.answer(new ApiGatewayRequest(request("GET")))
                .at("/headers/etag")
                .asText();
    }

    private static JsonNode conditional(String tags) {
        return DOCUMENT.answer(new ApiGatewayRequest(Requests.withHeader(request("GET"), "if-none-match", tags)));
    }

    private JsonNode answer(String method) {
        return gateway.get.handleRequest(request(method), new FakeContext(10_000));
    }

    @Test
    void itIsTheDocumentOfTheArtifact() throws IOException {
        var answer = answer("GET");

        assertThat(answer.path("statusCode").intValue()).isEqualTo(200);
        assertThat(answer.at("/headers/content-type").asText()).isEqualTo("application/json");
        assertThat(answer.at("/headers/cache-control").asText()).isEqualTo("public, max-age=300");
        var document = new JsonMapper().readTree(answer.path("body").asText());
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.path("paths").has("/api/v3/wavespeed-ai/imagen4")).isTrue();
    }

    @Test
    void headHasTheSameHeadersAndNoBody() {
        var head = answer("HEAD");

        assertThat(head.path("statusCode").intValue()).isEqualTo(200);
        assertThat(head.path("headers")).isEqualTo(answer("GET").path("headers"));
        assertThat(head.has("body")).isFalse();
    }

    @Test
    void optionsNamesTheMethods() {
        var answer = answer("OPTIONS");

        assertThat(answer.path("statusCode").intValue()).isEqualTo(204);
        assertThat(answer.at("/headers/allow").asText()).isEqualTo("GET, HEAD, OPTIONS");
    }

    /** Only the default route matches, so the function that submits answers. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void anotherMethodIsA405(String method) {
        var answer = gateway.submit.handleRequest(Requests.unrouted(method, "/openapi.json"), new FakeContext(10_000));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(405);
        assertThat(answer.at("/headers/allow").asText()).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void theTagChangesWithTheText() {
        assertThat(tag(DOCUMENT)).matches("\"[0-9a-f]{32}\"").isEqualTo(tag(new ApiDocument(DOCUMENT.text())));
        assertThat(tag(new ApiDocument("{}"))).isNotEqualTo(tag(DOCUMENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\",%s", "\"other\", W/%s", "*"})
    void aReaderThatHasTheDocumentGetsNoBody(String tags) {
        var answer = conditional(tags.formatted(tag(DOCUMENT)));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(304);
        assertThat(answer.has("body")).isFalse();
        assertThat(answer.at("/headers/etag").asText()).isEqualTo(tag(DOCUMENT));
        assertThat(answer.at("/headers/cache-control").asText()).isEqualTo("public, max-age=300");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "W/\"other\"", ""})
    void aReaderThatHasAnotherDocumentGetsThisOne(String tags) {
        var answer = conditional(tags);

        assertThat(answer.path("statusCode").intValue()).isEqualTo(200);
        assertThat(answer.path("body").asText()).isEqualTo(DOCUMENT.text());
    }

    @Test
    void nothingOfTheTableIsRead() {
        gateway.core.store.setUnavailable(true);

        assertThat(answer("GET").path("statusCode").intValue()).isEqualTo(200);
    }
}
