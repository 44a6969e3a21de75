package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.provider.CallbackUrl;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests to the function's own URL have no route, so their paths decide. */
class FunctionUrlTest {

    private final FuzzedGateway gateway =
            new FuzzedGateway(new CallbackUrl(Optional.of(URI.create("https://images.example.com/"))));

    @Test
    void aSubmissionIsAnsweredWithAddressesOfTheApi() {
        var answer = send(request("POST", "/api/v3/" + CoreFixture.MODEL).put("body", "{\"prompt\": \"a cat\"}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/data/urls/get").asText())
                .startsWith("https://images.example.com/api/v3/predictions/");
        gateway.checkOneRowAndOnePaidCall();
    }

    @Test
    void aGenerationIsRead() {
        gateway.storeOne();
        var id = gateway.core.store.all().iterator().next().id();

        var answer = send(request("GET", "/api/v3/predictions/%s/result".formatted(id)));

        assertThat(answer.body().at("/data/id").asText()).isEqualTo(id.value());
    }

    @Test
    void aRequestWithoutAKeyIsRefused() {
        var event = request("POST", "/api/v3/" + CoreFixture.MODEL).put("body", "{\"prompt\": \"a cat\"}");

        var answer = send(TestCallers.withoutKey(event));

        assertThat(answer.status()).isEqualTo(401);
        gateway.checkNothingHappened();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v3/predictions",
        "POST, /api/v3/predictions/delete",
        "GET, /images/1/2/3.png",
        "GET, /api/v3/nothing",
        "POST, /webhooks/wavespeed/1",
    })
    void aPathOfAnotherFunctionIsAnsweredWithTheAddressOfTheApi(String method, String path) {
        var answer = send(request(method, path));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("message").asText())
                .isEqualTo("There is no such endpoint: this address takes submissions, and reads what became of one;"
                        + " https://images.example.com has every path.");
    }

    @Test
    void theApiItselfHintsAtTheRightPath() {
        var answer = send(Requests.unrouted("GET", "/api/v3/nothing"));

        assertThat(answer.body().path("message").asText())
                .isEqualTo("There is no such endpoint: try POST /api/v3/{model} or GET"
                        + " /api/v3/predictions/{id}/result.");
    }

    private static ObjectNode request(String method, String path) {
        return WaitTest.ofFunctionUrl(Requests.unrouted(method, path));
    }

    private CheckedResponse send(ObjectNode event) {
        return CheckedResponse.of(gateway.submit.handleRequest(event, new FakeContext(310_000)));
    }
}
