package dev.darkroom.http.delivery;

import dev.darkroom.core.account.KeyRole;
import dev.darkroom.http.ApiGatewayRequest;
import java.util.Arrays;
import java.util.Optional;

/** The routes of webhooks, by the keys of API Gateway. */
enum Route {
    SECRET("GET /api/v3/webhook/secret", KeyRole.READ),
    CREATE("POST /v1/webhook_endpoints", KeyRole.GENERATE),
    LIST("GET /v1/webhook_endpoints", KeyRole.READ),
    READ("GET /v1/webhook_endpoints/{id}", KeyRole.READ),
    DELETE("DELETE /v1/webhook_endpoints/{id}", KeyRole.GENERATE),
    DISABLE("POST /v1/webhook_endpoints/{id}/disable", KeyRole.GENERATE),
    ENABLE("POST /v1/webhook_endpoints/{id}/enable", KeyRole.GENERATE),
    ROTATE("POST /v1/webhook_endpoints/{id}/rotate_secret", KeyRole.GENERATE),
    ENDPOINT_DELIVERIES("GET /v1/webhook_endpoints/{id}/deliveries", KeyRole.READ),
    ENDPOINT_REDELIVER("POST /v1/webhook_endpoints/{id}/redeliver", KeyRole.GENERATE),
    DELIVERIES("GET /v1/generations/{id}/deliveries", KeyRole.READ),
    REDELIVER("POST /v1/generations/{id}/redeliver", KeyRole.GENERATE);

    private final String key;
    private final KeyRole needed;

    Route(String key, KeyRole needed) {
        this.key = key;
        this.needed = needed;
    }

    KeyRole needed() {
        return needed;
    }

    /** Empty when the request has another route. It accepts any event. */
    static Optional<Route> of(ApiGatewayRequest request) {
        var asked = request.event().path("routeKey").asText("");
        return Arrays.stream(values()).filter(route -> route.key.equals(asked)).findFirst();
    }
}
