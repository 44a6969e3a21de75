package dev.darkroom.http.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.delivery.ManageEndpoints;
import dev.darkroom.core.delivery.WebhookSender;
import dev.darkroom.core.webhook.EndpointId;
import dev.darkroom.core.webhook.KeyWebhooks;
import dev.darkroom.core.webhook.WebhookEndpoint;
import dev.darkroom.core.webhook.WebhookEvent;
import dev.darkroom.core.webhook.WebhookTarget;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.RequestJson;
import dev.darkroom.http.WebhookFields;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code /v1/webhook_endpoints}: the standing endpoints of the caller's API key. */
@Singleton
public class StandingEndpoints {

    private static final Set<String> MEMBERS = Set.of("url", "events");

    private final ManageEndpoints manage;
    private final WebhookSender sender;

    public StandingEndpoints(ManageEndpoints manage, WebhookSender sender) {
        this.manage = manage;
        this.sender = sender;
    }

    ObjectNode create(ApiGatewayRequest request, Caller caller) {
        return switch (RequestJson.of(request)) {
            case RequestJson.Refused(var code, var violation) -> refused(code, List.of(violation));
            case RequestJson.Read(var body) -> create(body, caller);
        };
    }

    private ObjectNode create(ObjectNode body, Caller caller) {
        var violations = new ArrayList<Violation>();
        body.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                violations.add(new Violation("body", "has a member that is neither url nor events"));
            }
        });
        var url = url(body, violations);
        var events = events(body, violations);
        if (url.isEmpty() || events.isEmpty() || !violations.isEmpty()) {
            return refused(ErrorCode.INVALID_INPUT, violations);
        }
        return manage.add(caller.key(), url.get(), events.get())
                .map(endpoint -> ok(DeliveryViews.withSecret(endpoint)))
                .orElseGet(() -> HttpResponses.error(
                        ApiError.of(
                                ErrorCode.TOO_MANY_ENDPOINTS,
                                "The API key has %d webhook endpoints, and may have no more: delete one first."
                                        .formatted(KeyWebhooks.MAX_ENDPOINTS)),
                        WebhookEndpoints.DIALECT));
    }

    private Optional<URI> url(ObjectNode body, List<Violation> violations) {
        var url = WebhookFields.address(body.path("url"));
        WebhookFields.problem(body.path("url"))
                .or(() -> url.flatMap(sender::problem).map("cannot be called: "::concat))
                .ifPresent(problem -> violations.add(new Violation("url", problem)));
        return url;
    }

    private static Optional<Set<WebhookEvent>> events(ObjectNode body, List<Violation> violations) {
        var events =
                body.hasNonNull("events") ? WebhookFields.events(body.path("events")) : Optional.of(WebhookTarget.ALL);
        if (events.isEmpty()) {
            violations.add(new Violation("events", "must be a list of one or more of completed, failed and cancelled"));
        }
        return events;
    }

    ObjectNode list(Caller caller) {
        var view = JsonNodeFactory.instance.objectNode().put("object", "list");
        var data = view.putArray("data");
        manage.list(caller.key()).forEach(endpoint -> data.add(DeliveryViews.endpoint(endpoint)));
        return ok(view);
    }

    /** {@code idText} is as it was sent. */
    ObjectNode answer(Route route, String idText, Caller caller) {
        return EndpointId.parse(idText).flatMap(id -> answer(route, id, caller)).orElseGet(StandingEndpoints::notFound);
    }

    private Optional<ObjectNode> answer(Route route, EndpointId id, Caller caller) {
        Function<WebhookEndpoint, ObjectNode> shown = endpoint -> ok(DeliveryViews.endpoint(endpoint));
        var key = caller.key();
        return switch (route) {
            case DELETE -> manage.delete(key, id) ? Optional.of(HttpResponses.noContent()) : Optional.empty();
            case DISABLE -> manage.setEnabled(key, id, false).map(shown);
            case ENABLE -> manage.setEnabled(key, id, true).map(shown);
            case ROTATE -> manage.rotate(key, id).map(endpoint -> ok(DeliveryViews.withSecret(endpoint)));
            case READ -> manage.find(key, id).map(shown);
            case SECRET, CREATE, LIST, ENDPOINT_DELIVERIES, ENDPOINT_REDELIVER, DELIVERIES, REDELIVER ->
                Optional.empty();
        };
    }

    static ObjectNode ok(ObjectNode view) {
        return HttpResponses.ok(view.toString());
    }

    static ObjectNode notFound() {
        return HttpResponses.error(
                ApiError.of(ErrorCode.ENDPOINT_NOT_FOUND, "The API key has no webhook endpoint with this id."),
                WebhookEndpoints.DIALECT);
    }

    private static ObjectNode refused(ErrorCode code, List<Violation> violations) {
        return HttpResponses.error(ApiError.of(code, violations), WebhookEndpoints.DIALECT);
    }
}
