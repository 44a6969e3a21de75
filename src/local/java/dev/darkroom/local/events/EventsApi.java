package dev.darkroom.local.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.declared.Arns;
import dev.darkroom.local.iam.AccessRequest;
import dev.darkroom.local.iam.Iam;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * EventBridge, as far as it takes events. It has every bus, routes nothing, and reports each event.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 */
public final class EventsApi implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PUT = "AWSEvents.PutEvents";

    private final Iam iam;
    private final Consumer<ReceivedEvent> listener;
    private final List<ReceivedEvent> events = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public EventsApi(Iam iam, Consumer<ReceivedEvent> listener) {
        this.iam = iam;
        this.listener = listener;
        this.server = Http.serve(0, this::handle);
    }

    public URI address() {
        return Http.address(server);
    }

    /** The events so far. */
    public List<ReceivedEvent> events() {
        return List.copyOf(events);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var entries = JSON.readTree(exchange.getRequestBody().readAllBytes()).path("Entries");
        if (!PUT.equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))) {
            refuse(exchange, "UnknownOperationException", "");
            return;
        }
        var principal = Iam.principal(exchange);
        for (var entry : entries) {
            var access = AccessRequest.to(
                    "events:PutEvents", Arns.eventBus(entry.path("EventBusName").asText()));
            if (!iam.allows(principal, access)) {
                refuse(exchange, "AccessDeniedException", Iam.message(principal, access));
                return;
            }
        }
        var answer = JSON.createObjectNode();
        var taken = answer.putArray("Entries");
        int failed = 0;
        for (var entry : entries) {
            var result = taken(entry);
            taken.add(result);
            failed += result.has("ErrorCode") ? 1 : 0;
        }
        answer.put("FailedEntryCount", failed);
        Http.answerJson(exchange, 200, answer.toString());
    }

    /** EventBridge answers 200 to an event whose detail is no object, and takes the others. */
    private ObjectNode taken(JsonNode entry) {
        var detail = detail(entry.path("Detail").asText());
        if (!detail.isObject()) {
            return JSON.createObjectNode()
                    .put("ErrorCode", "MalformedDetail")
                    .put("ErrorMessage", "Detail is malformed.");
        }
        var event = new ReceivedEvent(
                entry.path("EventBusName").asText(),
                entry.path("Source").asText(),
                entry.path("DetailType").asText(),
                detail);
        events.add(event);
        listener.accept(event);
        return JSON.createObjectNode().put("EventId", UUID.randomUUID().toString());
    }

    private static JsonNode detail(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }

    private static void refuse(HttpExchange exchange, String type, String message) throws IOException {
        Http.answerJson(
                exchange,
                400,
                JSON.createObjectNode()
                        .put("__type", type)
                        .put("Message", message)
                        .toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
