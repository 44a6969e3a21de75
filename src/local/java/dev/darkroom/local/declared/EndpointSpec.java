package dev.darkroom.local.declared;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of the HTTP API as {@code infra/resources/endpoint.yml} declares them.
 *
 * @param cors empty without {@code corsOrigin}
 * @param throttleRate requests a second from all callers together
 * @param throttleBurst requests at once from all callers together
 * @param preflights the routes for preflights, which have no authorizer; none without {@code corsOrigin}
 */
public record EndpointSpec(Optional<CorsSpec> cors, int throttleRate, int throttleBurst, List<Route> preflights) {

    public EndpointSpec {
        preflights = List.copyOf(preflights);
    }

    /** Reads the file's content. */
    static EndpointSpec of(JsonNode declared, Placeholders placeholders) {
        var properties = declared.path("extensions");
        // The element after the condition of the !If.
        var cors = cors(properties.at("/HttpApi/Properties/CorsConfiguration/1"), placeholders);
        var settings = properties.at("/HttpApiStage/Properties/DefaultRouteSettings");
        return new EndpointSpec(
                cors,
                Integer.parseInt(placeholders.resolve(settings.required("ThrottlingRateLimit"))),
                Integer.parseInt(placeholders.resolve(settings.required("ThrottlingBurstLimit"))),
                cors.isEmpty() ? List.of() : preflights(declared, placeholders));
    }

    private static Optional<CorsSpec> cors(JsonNode declared, Placeholders placeholders) {
        var origin = placeholders.resolve(declared.required("AllowOrigins").required(0));
        if (origin.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CorsSpec(
                origin,
                strings(declared.required("AllowMethods")),
                strings(declared.required("AllowHeaders")),
                strings(declared.required("ExposeHeaders")),
                Duration.ofSeconds(declared.required("MaxAge").longValue())));
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private static List<Route> preflights(JsonNode declared, Placeholders placeholders) {
        var function = resources(declared, "AWS::ApiGatewayV2::Integration")
                .map(integration -> placeholders.resolve(integration.required("IntegrationUri")))
                .map(Arns::functionName)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the preflights have no integration"));
        return resources(declared, "AWS::ApiGatewayV2::Route")
                .map(route -> route.required("RouteKey").textValue().split(" ", 2))
                .map(key -> Route.of(key[0], key[1], function, Optional.empty()))
                .toList();
    }

    private static Stream<JsonNode> resources(JsonNode declared, String type) {
        return declared.path("Resources")
                .valueStream()
                .filter(resource -> type.equals(resource.path("Type").asText()))
                .map(resource -> resource.required("Properties"));
    }
}
