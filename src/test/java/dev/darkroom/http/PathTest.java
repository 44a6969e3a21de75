package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.provider.CallbackUrl;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Repeated slashes count as one everywhere, and an endpoint that the gateway does not have is not taken for a model.
 */
class PathTest {

    private static final String ID = "%032x".formatted(1);

    private final FuzzedGateway gateway = new FuzzedGateway();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v3/wavespeed-ai/imagen4",
                "///api/v3/wavespeed-ai/imagen4",
                "/api//v3/wavespeed-ai/imagen4",
                "/api/v3//wavespeed-ai/imagen4",
                "/api/v3/wavespeed-ai//imagen4",
                "//api//v3///wavespeed-ai////imagen4",
                "/api/v3/wavespeed-ai/imagen4/"
            })
    void aSubmissionWithDoubledSlashesIsASubmission(String path) {
        var event = Requests.unrouted("POST", path).put("body", "{\"prompt\": \"a cat\"}");

        var answer = submit(event);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/data/model").asText()).isEqualTo("wavespeed-ai/imagen4");
        assertThat(answer.body().at("/data/urls/get").asText())
                .isEqualTo(
                        "https://api.example/api/v3/predictions/%s/result",
                        answer.body().at("/data/id").asText());
        gateway.checkOneRowAndOnePaidCall();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/wavespeed-ai/imagen4",
                "wavespeed-ai//imagen4",
                "wavespeed-ai/imagen4/",
                "//wavespeed-ai/imagen4"
            })
    void theRoutesOwnParameterMayHaveThemToo(String model) {
        var event = Requests.valid();
        event.putObject("pathParameters").put("model", model);

        assertThat(submit(event).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/prod//api/v3/wavespeed-ai/imagen4", "//prod/api/v3/wavespeed-ai/imagen4"})
    void theStageStaysInTheResultsAddress(String path) {
        var answer = submit(Requests.unrouted("POST", path).put("body", "{\"prompt\": \"a cat\"}"));

        assertThat(answer.body().at("/data/urls/get").asText())
                .startsWith("https://api.example/prod/api/v3/predictions/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v3/predictions/%s/result",
                "//api/v3/predictions/%s",
                "/api//v3/predictions//%s//result",
                "/api/v3/predictions/%s/",
                "/prod//api/v3/predictions/%s/result/"
            })
    void aResultWithDoubledSlashesIsRead(String path) {
        gateway.storeOne();
        var event = Requests.unrouted("GET", path.formatted(ID));

        assertThat(submit(event).body().at("/data/id").asText()).isEqualTo(ID);
        assertThat(get(event).body().at("/data/id").asText()).isEqualTo(ID);
    }

    @Test
    void aDoubledSlashOpensNoOtherOwnersRow() {
        gateway.storeOne();
        var event = Requests.unrouted("GET", "//api/v3/predictions/" + ID);
        TestCallers.as(TestCallers.ANOTHER, event);

        assertThat(submit(event).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, //api/v3/wavespeed-ai/imagen4, 405, method",
        "PUT, /api/v3/wavespeed-ai/imagen4, 405, method",
        "DELETE, //api/v3/predictions/0123, 405, method",
        "POST, //api/v3/predictions/0123/events, 405, method",
        "GET, //api/v3/predictions/0123/cancel, 405, method",
        "POST, //api/v3/predictions/0123/cancel, 400, id",
        "GET, //api/v3/predictions/0123, 400, id",
        "POST, //api/v3/wavespeed-ai/imagen5, 404, model",
        "POST, //api/v3/imagen4, 404, path",
        "POST, //api/v2/wavespeed-ai/imagen4, 404, path",
        "POST, //, 404, path",
        "GET, /, 404, path"
    })
    void whatIsWrongWithOneSlashIsWrongWithTwo(String method, String path, int status, String field) {
        var answer = submit(Requests.unrouted(method, path).put("body", "{\"prompt\": \"a cat\"}"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo(field);
        gateway.checkNothingHappened();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, media/upload/binary, takes no uploads",
        "POST, media/uploads, takes no uploads",
        "GET, models/wavespeed-ai/imagen4, lists all its models at GET /api/v3/models",
        "POST, billings/search, has no billing records",
        "POST, user/usage_stats, has no usage statistics or accounts",
        "GET, account/usage, has no usage statistics or accounts"
    })
    void anEndpointThatTheGatewayDoesNotHaveIsNamed(String method, String path, String message) {
        for (var event : new ObjectNode[] {
            Requests.unrouted(method, "/api/v3/" + path), Requests.unrouted(method, "//api/v3/" + path)
        }) {
            for (var answer : new CheckedResponse[] {submit(event), get(event)}) {
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.body().path("error_code").asText()).isEqualTo("route_not_found");
                assertThat(answer.body().path("message").asText())
                        .isEqualTo("There is no such endpoint: this gateway " + message + ".");
            }
        }
    }

    @Test
    void theFunctionThatDoesNotHaveTheSecretOfWebhooksNamesItsEndpoint() {
        var answer = get(Requests.unrouted("GET", "/api/v3/webhook/secret"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("message").asText())
                .isEqualTo("There is no such endpoint: the secret of webhooks is at GET /api/v3/webhook/secret.");
    }

    /** The models' route also matches the path of uploads, whose body of megabytes must not be parsed. */
    @Test
    void theErrorOfAnUploadIsNotAboutItsModelOrItsBody() {
        var event = Requests.submission(new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        event.putObject("pathParameters").put("model", "media/upload/binary");

        var answer = submit(event);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("message").asText())
                .isEqualTo("There is no such endpoint: this gateway takes no uploads.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://images.example.com", "https://images.example.com/", "https://images.example.com//"})
    void theConfiguredAddressIsTheResults(String publicUrl) {
        var configured = new FuzzedGateway(new CallbackUrl(Optional.of(URI.create(publicUrl))));

        var submitted = CheckedResponse.of(configured.submit.handleRequest(Requests.valid(), new FakeContext(10_000)));
        var id = submitted.body().at("/data/id").asText();
        var read = CheckedResponse.of(configured.get.handleRequest(Requests.result(id), new FakeContext(10_000)));

        var expected = "https://images.example.com/api/v3/predictions/" + id + "/result";
        assertThat(submitted.body().at("/data/urls/get").asText()).isEqualTo(expected);
        assertThat(read.body().at("/data/urls/get").asText()).isEqualTo(expected);
    }

    @Test
    void theConfiguredAddressMayHaveAStage() {
        var configured = new FuzzedGateway(
                new CallbackUrl(Optional.of(URI.create("https://x.execute-api.eu-west-1.amazonaws.com/prod/"))));

        var answer = configured.submit.handleRequest(Requests.valid(), new FakeContext(10_000));

        assertThat(CheckedResponse.of(answer).body().at("/data/urls/get").asText())
                .startsWith("https://x.execute-api.eu-west-1.amazonaws.com/prod/api/v3/predictions/");
    }

    private CheckedResponse submit(ObjectNode event) {
        return CheckedResponse.of(gateway.submit.handleRequest(event, new FakeContext(10_000)));
    }

    private CheckedResponse get(ObjectNode event) {
        return CheckedResponse.of(gateway.get.handleRequest(event, new FakeContext(10_000)));
    }
}
