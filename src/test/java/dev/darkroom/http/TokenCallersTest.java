package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers with a token that API Gateway has verified. */
class TokenCallersTest {

    private static final String CLAIM = TestCallers.CLAIM;

    private final FuzzedGateway gateway = new FuzzedGateway();

    @Test
    void theClaimNamesTheOwner() {
        var submitted = submit(TestCallers.withToken(Requests.valid(), CLAIM, TestCallers.ACME));

        assertThat(submitted.path("statusCode").intValue()).as("%s", submitted).isEqualTo(200);
        gateway.checkOneRowAndOnePaidCall();
        assertThat(gateway.keys.lookups()).isZero();
        var id = body(submitted).at("/data/id").asText();
        var withKey = gateway.get.handleRequest(Requests.result(id), new FakeContext(10_000));
        var withToken = gateway.get.handleRequest(
                TestCallers.withToken(Requests.result(id), CLAIM, TestCallers.ACME), new FakeContext(10_000));
        assertThat(withKey.path("statusCode").intValue()).isEqualTo(200);
        assertThat(withToken.path("statusCode").intValue()).isEqualTo(200);
    }

    @Test
    void anotherOwnersTokenDoesNotReadIt() {
        var id = body(submit(Requests.valid())).at("/data/id").asText();

        var read = gateway.get.handleRequest(
                TestCallers.withToken(Requests.result(id), CLAIM, TestCallers.ANOTHER), new FakeContext(10_000));

        assertThat(read.path("statusCode").intValue()).isEqualTo(404);
    }

    /** What a caller with a token reads next needs a token too. */
    @Test
    void addressesInAnswersBeginWithThePrefix() {
        var submitted = submit(TestCallers.withToken(Requests.valid(), CLAIM, TestCallers.ACME));

        assertThat(body(submitted).at("/data/urls/get").asText())
                .startsWith("https://api.example/jwt/api/v3/predictions/");
        assertThat(body(submit(Requests.valid())).at("/data/urls/get").asText())
                .startsWith("https://api.example/api/v3/predictions/");
    }

    /** Behind the base path of a domain. */
    @Test
    void thePrefixIsFoundBehindABasePath() {
        var event = TestCallers.withToken(Requests.valid(), CLAIM, TestCallers.ACME);
        event.put("rawPath", "/v2" + event.path("rawPath").asText());

        assertThat(body(submit(event)).at("/data/urls/get").asText())
                .startsWith("https://api.example/v2/jwt/api/v3/predictions/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acme", "auth0|5f7c", "me@example.com", "acme\n"})
    void aClaimThatIsNoOwnerIsRefused(String value) {
        var refused = submit(TestCallers.withToken(Requests.valid(), CLAIM, value));

        assertThat(refused.path("statusCode").intValue()).isEqualTo(401);
        assertThat(body(refused).path("message").asText())
                .isEqualTo(
                        "The token names no owner: its claim client_id is not 1 to 63 lower-case letters, digits and inner"
                                + " hyphens.");
        gateway.checkNothingHappened();
    }

    @Test
    void anotherClaimIsNotRead() {
        assertThat(submit(TestCallers.withToken(Requests.valid(), "sub", TestCallers.ACME))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(401);
        gateway.checkNothingHappened();
    }

    /** Only API Gateway writes the context of a request. */
    @Test
    void aHeaderIsNotAClaim() {
        var event = TestCallers.withToken(Requests.valid(), CLAIM, TestCallers.ACME);
        ((ObjectNode) event.path("requestContext")).remove("authorizer");
        Requests.withHeader(event, CLAIM, TestCallers.ACME);
        Requests.withHeader(event, "x-amzn-oidc-data", "{\"client_id\": \"acme\"}");

        assertThat(submit(event).path("statusCode").intValue()).isEqualTo(401);
        gateway.checkNothingHappened();
    }

    /** A route of API keys accepts no claims, whatever its event has. */
    @Test
    void onARouteOfKeysClaimsDoNotCount() {
        var event = TestCallers.withoutKey(Requests.valid());
        event.withObject("/requestContext/authorizer/jwt/claims").put(CLAIM, TestCallers.ACME);

        assertThat(submit(event).path("statusCode").intValue()).isEqualTo(401);
        gateway.checkNothingHappened();
    }

    @Test
    void withoutAClaimInTheSettingsNoTokenIsAccepted() {
        var request = new ApiGatewayRequest(TestCallers.withToken(Requests.valid(), CLAIM, TestCallers.ACME));

        assertThat(new TokenCallers(Optional.empty()).of(request)).isEmpty();
        assertThat(new TokenCallers(Optional.of(CLAIM)).of(request)).isPresent();
    }

    /** What is not stored has no budget. */
    @Test
    void noStoredKeyHasTheIdOfATokensCaller() {
        var caller = new TokenCallers(Optional.of(CLAIM))
                .of(new ApiGatewayRequest(TestCallers.withToken(Requests.valid(), CLAIM, TestCallers.ACME)))
                .orElseThrow();

        assertThat(TestCallers.keys().find(caller.key())).isEmpty();
        assertThat(caller.owner().value()).isEqualTo(TestCallers.ACME);
    }

    private JsonNode submit(ObjectNode event) {
        return gateway.submit.handleRequest(event, new FakeContext(10_000));
    }

    private static JsonNode body(JsonNode answer) {
        return Fuzz.object(answer.path("body").asText());
    }
}
