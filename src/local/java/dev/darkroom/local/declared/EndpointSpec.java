package dev.darkroom.local.declared;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the HTTP API as {@code infra/resources/endpoint.yml} declares them.
 *
 * @param cors empty without {@code corsOrigin}
 * @param throttleRate requests a second from all callers together
 * @param throttleBurst requests at once from all callers together
 */
public record EndpointSpec(Optional<CorsSpec> cors, int throttleRate, int throttleBurst) {

    /** Reads the file's content. */
    static EndpointSpec of(JsonNode declared, Placeholders placeholders) {
        var properties = declared.path("extensions");
        var settings = properties.at("/HttpApiStage/Properties/DefaultRouteSettings");
        return new EndpointSpec(
                // The element after the condition of the !If.
                cors(properties.at("/HttpApi/Properties/CorsConfiguration/1"), placeholders),
                Integer.parseInt(placeholders.resolve(settings.required("ThrottlingRateLimit"))),
                Integer.parseInt(placeholders.resolve(settings.required("ThrottlingBurstLimit"))));
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
}
