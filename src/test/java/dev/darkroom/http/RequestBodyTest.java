package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is not JSON is named as what it is, and JSON is accepted under any content type. */
class RequestBodyTest {

    private static final String JSON = "{\"prompt\": \"a cat\"}";
    private static final String FORM = "body is a form: send a JSON object with Content-Type: application/json";
    private static final String MULTIPART =
            "body is a multipart form: send a JSON object with Content-Type: application/json";

    private final FuzzedGateway gateway = new FuzzedGateway();

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/octet-stream",
                "application/json,application/json"
            })
    void jsonIsAcceptedWhateverItsContentType(String contentType) {
        var text = Requests.submission(JSON);
        var base64 = Requests.submission(JSON.getBytes(StandardCharsets.UTF_8));
        if (contentType != null) {
            Requests.withHeader(text, "content-type", contentType);
            Requests.withHeader(base64, "content-type", contentType);
        }

        assertThat(send(text).status()).isEqualTo(200);
        assertThat(send(base64).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t"})
    void aByteOrderMarkInFrontIsSkipped(String blank) {
        assertThat(send(Requests.submission("\ufeff" + blank + JSON)).status()).isEqualTo(200);
        assertThat(send(Requests.submission(("\ufeff" + blank + JSON).getBytes(StandardCharsets.UTF_8)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void twoByteOrderMarksAreNotJson() {
        refused(
                Requests.submission("\ufeff\ufeff" + JSON),
                400,
                "invalid_input",
                "body is not valid JSON (line 1, column 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "br", "deflate", "zstd", "gzip,gzip", "identity, gzip", "x"})
    void anEncodingIsRefused(String encoding) throws IOException {
        refused(
                Requests.withHeader(Requests.submission(gzip(JSON)), "content-encoding", encoding),
                415,
                "unsupported_media_type",
                "Content-Encoding must be left out: send the body as it is, not compressed");
    }

    @Test
    void whatIsCompressedWithoutSayingSoIsNamed() throws IOException {
        refused(
                Requests.submission(gzip(JSON)),
                415,
                "unsupported_media_type",
                "body is compressed with gzip: send it as it is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", "identity,identity"})
    void identityIsNotAnEncoding(String encoding) {
        assertThat(send(Requests.withHeader(Requests.valid(), "content-encoding", encoding))
                        .status())
                .isEqualTo(200);
    }

    static Stream<Arguments> forms() {
        var multipart = "--XyZ\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\na cat\r\n--XyZ--\r\n";
        return Stream.of(
                Arguments.of("application/x-www-form-urlencoded", "prompt=a+cat&num_images=2", FORM),
                Arguments.of("application/x-www-form-urlencoded; charset=utf-8", "prompt=", FORM),
                Arguments.of("application/x-www-form-urlencoded", "prompt", FORM),
                Arguments.of("application/json", "prompt=a cat", FORM),
                Arguments.of("", "input[prompt]=a%20cat", FORM),
                Arguments.of("multipart/form-data; boundary=XyZ", multipart, MULTIPART),
                Arguments.of("Multipart/Form-Data; boundary=XyZ", "anything", MULTIPART),
                Arguments.of("application/json", multipart, MULTIPART),
                Arguments.of("", multipart, MULTIPART));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aFormIsNamed(String contentType, String body, String message) {
        refused(
                Requests.withHeader(Requests.submission(body), "content-type", contentType),
                415,
                "unsupported_media_type",
                message);
        refused(
                Requests.withHeader(
                        Requests.submission(body.getBytes(StandardCharsets.UTF_8)), "content-type", contentType),
                415,
                "unsupported_media_type",
                message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void anotherUnicodeIsNamed(String charset) {
        refused(
                Requests.submission(JSON.getBytes(java.nio.charset.Charset.forName(charset))),
                400,
                "invalid_input",
                "body is UTF-16: send UTF-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"prompt": "a cat"    | body is not valid JSON (line 1, column 19)
            hello                 | body is not valid JSON (line 1, column 1)
            eyJwcm9tcHQiOiJhIn0=  | body is not valid JSON (line 1, column 1)
            ["a cat"]             | body must be a JSON object
            5                     | body must be a JSON object
            ` `                   | body is missing: send a JSON object
            """)
    void whatIsNearlyJsonIsNamed(String body, String message) {
        assertThat(send(Requests.submission(body)).body().path("message").asText())
                .isEqualTo(message);
    }

    private CheckedResponse send(ObjectNode event) {
        return CheckedResponse.of(gateway.submit.handleRequest(event, new FakeContext(10_000)));
    }

    private void refused(ObjectNode event, int status, String code, String message) {
        var answer = send(event);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("error_code").asText()).isEqualTo(code);
        assertThat(answer.body().path("message").asText()).isEqualTo(message);
        gateway.checkNothingHappened();
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
