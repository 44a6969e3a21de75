package dev.darkroom.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes for callers with a token are those for callers with an API key once more. */
class TokenRoutesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = " /jwt/";

    private static final Set<String> FUNCTIONS =
            Set.of("SubmitDashgeneration", "GetDashgeneration", "ManageDashgenerations");

    @BeforeAll
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    static void packageTemplates() throws IOException, InterruptedException {
        InfraTools.packageVariants();
    }

    @ParameterizedTest
    @ValueSource(strings = {"every-parameter", "tokens-for-aliases"})
    void everyRouteThatNeedsAKeyHasATwin(String variant) throws IOException {
        var targets = new TreeMap<String, String>();
        routes(variant).values().forEach(route -> targets.put(key(route), function(route)));

        var ofKeys = targets.entrySet().stream()
                .filter(route -> FUNCTIONS.contains(route.getValue()))
                .filter(route -> !route.getKey().contains(PREFIX))
                .filter(route -> !route.getKey().matches("\\$default|ANY .*|.* /openapi\\.json"))
                .collect(Collectors.toMap(
                        route -> route.getKey().replaceFirst(" /", PREFIX), Map.Entry::getValue, (a, _) -> a));
        var ofTokens = targets.entrySet().stream()
                .filter(route -> route.getKey().contains(PREFIX))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertThat(ofTokens).hasSizeGreaterThan(15).isEqualTo(ofKeys);
    }

    /** API Gateway verifies the token, so no function does. */
    @ParameterizedTest
    @ValueSource(strings = {"every-parameter", "tokens-for-aliases"})
    void everyTwinHasTheAuthorizerAndNothingElseHasOne(String variant) throws IOException {
        assertThat(routes(variant)).allSatisfy((id, route) -> {
            var authorizer = route.at("/Properties/AuthorizerId/Ref").asText();
            if (key(route).contains(PREFIX)) {
                assertThat(route.path("Condition").asText()).as(id).isEqualTo("HasJwt");
                assertThat(route.at("/Properties/AuthorizationType").asText())
                        .as(id)
                        .isEqualTo("JWT");
                assertThat(authorizer).as(id).isEqualTo("JwtAuthorizer");
            } else {
                assertThat(authorizer).as(id).isEmpty();
            }
        });
        var authorizer = template(variant).at("/Resources/JwtAuthorizer");
        assertThat(authorizer.path("Condition").asText()).isEqualTo("HasJwt");
        assertThat(authorizer.at("/Properties/JwtConfiguration/Issuer").asText())
                .startsWith("https://login.example.com/");
        assertThat(authorizer.at("/Properties/IdentitySource")).hasSize(1);
    }

    /** Otherwise a function would accept claims in a deployment without an authorizer. */
    @ParameterizedTest
    @ValueSource(strings = {"every-parameter", "tokens-for-aliases"})
    void theFunctionsThatCheckKeysKnowTheClaim(String variant) throws IOException {
        var functions = new PackagedTemplate(template(variant)).resources("AWS::Lambda::Function");

        assertThat(FUNCTIONS).allSatisfy(name -> {
            var claim = Objects.requireNonNull(functions.get(name + "LambdaFunction"))
                    .at("/Properties/Environment/Variables/DARKROOM_GATEWAY_JWT_OWNER_CLAIM/Fn::If");
            assertThat(claim.path(0).asText()).isEqualTo("HasJwt");
            assertThat(claim.path(1).asText()).isIn("client_id", "sub");
            assertThat(claim.path(2).asText()).isEmpty();
        });
        assertThat(template(variant).toString().split("DARKROOM_GATEWAY_JWT_OWNER_CLAIM", -1))
                .hasSize(4);
    }

    private static Map<String, JsonNode> routes(String variant) throws IOException {
        return new PackagedTemplate(template(variant)).resources("AWS::ApiGatewayV2::Route");
    }

    private static String key(JsonNode route) {
        return route.at("/Properties/RouteKey").asText();
    }

    private static String function(JsonNode route) {
        return route.path("Properties")
                .path("Target")
                .toString()
                .replaceFirst(".*HttpApiIntegration([A-Za-z]+).*", "$1");
    }

    private static JsonNode template(String variant) throws IOException {
        return JSON.readTree(InfraTools.template(variant).toFile());
    }
}
