package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input over real HTTP gets a 4xx that names the field; nothing is stored or billed. */
class BadInputIT {

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() {
        gateway = RunningPlatform.start(RunningPlatform.options());
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("", 400, "body"),
                Arguments.of("{\"prompt\": ", 400, "body"),
                Arguments.of("[{\"prompt\": \"a\"}]", 400, "body"),
                Arguments.of("\"prompt\"", 400, "body"),
                Arguments.of("{\"prompt\": \"%s\"}".formatted("x".repeat(256 * 1024)), 413, "body"),
                Arguments.of("{}", 400, "prompt"),
                Arguments.of("{\"prompt\": \"\"}", 400, "prompt"),
                Arguments.of("{\"prompt\": \" \\n \"}", 400, "prompt"),
                Arguments.of("{\"prompt\": [\"a\"]}", 400, "prompt"),
                Arguments.of("{\"prompt\": \"a\", \"num_images\": 0}", 400, "num_images"),
                Arguments.of("{\"prompt\": \"a\", \"num_images\": 5}", 400, "num_images"),
                Arguments.of("{\"prompt\": \"a\", \"num_images\": 1.5}", 400, "num_images"),
                Arguments.of("{\"prompt\": \"a\", \"num_images\": \"2\"}", 400, "num_images"),
                Arguments.of("{\"prompt\": \"a\", \"seed\": -2}", 400, "seed"),
                Arguments.of("{\"prompt\": \"a\", \"seed\": 10000000000}", 400, "seed"),
                Arguments.of("{\"prompt\": \"a\", \"aspect_ratio\": \"2:1\"}", 400, "aspect_ratio"),
                Arguments.of("{\"prompt\": \"a\", \"negative_promt\": \"b\"}", 400, "negative_promt"),
                Arguments.of("{\"prompt\": \"a\", \"prompt\": \"b\"}", 400, "prompt"),
                Arguments.of("{\"prompt\": \"a\", \"aspect_ratio\": [1e40000000]}", 400, "aspect_ratio"),
                Arguments.of("{\"prompt\": \"a\", \"seed\": 1e99999999999}", 400, "seed"),
                Arguments.of("{\"prompt\": \"a\\u0000b\"}", 400, "prompt"),
                Arguments.of("{\"prompt\": \"a\", \"enable_sync_mode\": \"yes\"}", 400, "enable_sync_mode"),
                Arguments.of("prompt=a+cat", 415, "body"),
                Arguments.of("{\"prompt\":%s}".formatted("[".repeat(10_000) + "]".repeat(10_000)), 400, "body"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBadBodyIsRefused(String body, int status, String field) {
        refused(gateway.post(body), status, field);
    }

    @Test
    void aMisspeltParameterComesWithASuggestion() {
        var answer = gateway.post("{\"prompt\": \"a\", \"negative_promt\": \"b\"}");

        assertThat(answer.<String>path("message"))
                .isEqualTo("negative_promt is not a parameter of wavespeed-ai/imagen4; did you mean negative_prompt?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/octet-stream"})
    void aBodyThatIsNotUtf8IsRefused(String contentType) {
        var request = gateway.request()
                .header("Content-Type", contentType)
                .body(new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', '}'});

        refused(request.post(gateway.url(RunningPlatform.MODEL)), 400, "body");
    }

    @Test
    void aWebhookToAPrivateAddressIsRefused() {
        var request = gateway.request()
                .contentType("application/json")
                .queryParam("webhook", "https://10.0.0.1/done")
                .body("{\"prompt\": \"a\"}");

        refused(request.post(gateway.url(RunningPlatform.MODEL)), 400, "webhook");
    }

    @Test
    void aCompressedBodyIsRefused() {
        var request = gateway.request()
                .contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body(new byte[] {0x1f, (byte) 0x8b, 8, 0});

        refused(request.post(gateway.url(RunningPlatform.MODEL)), 415, "Content-Encoding");
    }

    @Test
    void twoIdempotencyKeysAreRefused() {
        var request = gateway.request()
                .contentType("application/json")
                .header("Idempotency-Key", "order-1", "order-2")
                .body("{\"prompt\": \"a\"}");

        refused(request.post(gateway.url(RunningPlatform.MODEL)), 400, "Idempotency-Key");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v3/wavespeed-ai/imagen5, 404, model",
        "POST, /api/v3/media/upload/binary, 404, path",
        "POST, /api/v3/billings/search, 404, path",
        "POST, /api/v3/wavespeed-ai, 404, model",
        "POST, /api/v3/WaveSpeed-AI/Imagen4, 404, model",
        "POST, /api/v3/webhook/secret, 404, path",
        "GET, /, 404, path",
        "GET, /api/v2/wavespeed-ai/imagen4, 404, path",
        "GET, /api/v3/wavespeed-ai/imagen4, 405, method",
        "PUT, /api/v3/wavespeed-ai/imagen4, 405, method",
        "DELETE, /api/v3/predictions/0123456789abcdef0123456789abcdef/result, 405, method",
        "POST, /api/v3/predictions/0123456789abcdef0123456789abcdef/result, 405, method",
        "GET, /api/v3/predictions/hello/result, 400, id",
        "GET, /api/v3/predictions/0123456789ABCDEF0123456789ABCDEF, 400, id",
        "GET, /api/v3/predictions/lease%230/result, 400, id",
        "GET, /api/v3/predictions/0123456789abcdef0123456789abcdef/result, 404, id"
    })
    void aBadRouteIsRefused(String method, String path, int status, String field) {
        RequestSpecification request = gateway.request().urlEncodingEnabled(false);
        if (method.equals("POST") || method.equals("PUT")) {
            request.header("Content-Type", "application/json").body("{\"prompt\": \"a\"}");
        }

        refused(request.request(method, gateway.url(path)), status, field);
    }

    private static void refused(Response answer, int status, String field) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.header("x-request-id")).isNotBlank();
        var body = answer.jsonPath();
        assertThat(body.getInt("code")).isEqualTo(status);
        assertThat(body.getString("message")).isNotBlank();
        assertThat(body.getMap("")).containsEntry("data", null).containsKey("error_code");
        assertThat(body.getList("errors.field")).containsExactly(field);
        assertThat(gateway.rows()).isEmpty();
        assertThat(gateway.platform().simulator().posts()).isZero();
    }
}
