package dev.darkroom.http.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.GatewayTestResource;
import dev.darkroom.core.InMemoryApiKeys;
import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.account.Owner;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.http.FakeContext;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(GatewayTestResource.class)
class AuthorizeHandlerTest {

    private static final ApiKey KEY = ApiKey.of(new byte[ApiKey.BYTES]);

    @Inject
    @Any
    AuthorizeHandler handler;

    @Inject
    InMemoryApiKeys keys;

    @BeforeEach
    void addTheKey() {
        keys.add(new ApiKeyRecord(KEY.digest(), new Owner("acme"), Instant.EPOCH, false));
    }

    @AfterEach
    void letTheTableAnswerAgain() {
        keys.setUnavailable(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
    void aKeyIsAnsweredWithItsOwner(String scheme) {
        assertThat(authorized(scheme + KEY.value()))
                .hasToString("{\"isAuthorized\":true,\"context\":{\"owner\":\"acme\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer drk_",
                "Bearer drk_BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Basic drk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "drk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Bearer drk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,Bearer x",
                "Bearer drk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
            })
    void anInvalidKeyIsRefused(String authorization) {
        assertThat(authorized(authorization)).hasToString("{\"isAuthorized\":false}");
    }

    @Test
    void aTableThatDoesNotAnswerCausesNoRefusalToBeCached() {
        keys.setUnavailable(true);

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> authorized("Bearer " + KEY.value()));
    }

    @Test
    void anEventThatIsNotAnAuthorizersGetsA404() {
        var event = new JsonMapper().createObjectNode().put("routeKey", "POST /api/v3/{model+}");
        event.putObject("headers").put("authorization", "Bearer " + KEY.value());

        assertThat(handler.handleRequest(event, new FakeContext(10_000))).hasToString("{\"statusCode\":404}");
    }

    /** With {@code corsOrigin}, API Gateway answers only preflights itself. */
    @Test
    void otherOptionsRequestsGetTheMethodsOfTheApi() {
        keys.setUnavailable(true);
        var event = new JsonMapper().createObjectNode().put("routeKey", "OPTIONS /{proxy+}");

        assertThat(handler.handleRequest(event, new FakeContext(10_000)))
                .hasToString("{\"statusCode\":204,\"headers\":{\"allow\":\"GET, HEAD, POST, OPTIONS\"}}");
    }

    private JsonNode authorized(String authorization) {
        var event = new JsonMapper().createObjectNode().put("version", "2.0").put("type", "REQUEST");
        event.putObject("headers").put("authorization", authorization);
        return handler.handleRequest(event, new FakeContext(10_000));
    }
}
