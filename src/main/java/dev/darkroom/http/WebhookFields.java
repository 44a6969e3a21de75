package dev.darkroom.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.webhook.WebhookEvent;
import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.core.webhook.WebhookTarget;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The webhook that a request asks for: {@code webhook} and {@code webhook_events_filter} in the body of every dialect,
 * and the query parameter {@code webhook} as the provider has it. Whether the address may be called is checked later.
 *
 * @param owed what the row owes because of them, one at most
 * @param violations what is wrong with them
 */
public record WebhookFields(List<DeliverWebhook> owed, List<Violation> violations) {

    public static final String NAME = "webhook";
    public static final String FILTER = "webhook_events_filter";

    private static final WebhookFields NONE = new WebhookFields(List.of(), List.of());
    private static final String NO_ADDRESS = "must be an https address, such as https://example.com/hook";
    private static final String NO_EVENTS = "must be a list of one or more of completed, failed and cancelled";
    private static final Pattern QUERY = Pattern.compile("(^|&)webhook=");

    public WebhookFields {
        owed = List.copyOf(owed);
        violations = List.copyOf(violations);
    }

    /** A body without the fields, as text, and the fields. */
    public record Body(String text, WebhookFields fields) {}

    /** Takes the fields from a body that may be anything; what is no JSON object is left to the model's own check. */
    public static Body takeFrom(String text) {
        if (!text.contains(NAME)) {
            return new Body(text, NONE);
        }
        try {
            if (StrictJson.read(text) instanceof ObjectNode body && (body.has(NAME) || body.has(FILTER))) {
                var fields = takeFrom(body);
                return new Body(body.toString(), fields);
            }
        } catch (JsonProcessingException _) {
            // The model's own check says what is wrong with the JSON.
        }
        return new Body(text, NONE);
    }

    /** Takes the fields from a body, so that the model does not see them. */
    public static WebhookFields takeFrom(ObjectNode body) {
        var address = body.remove(NAME);
        var filter = body.remove(FILTER);
        boolean isFiltered = filter != null && !filter.isNull();
        if (address == null || address.isNull()) {
            return isFiltered ? wrong(FILTER, "needs webhook beside it") : NONE;
        }
        var events = isFiltered ? events(filter) : Optional.of(WebhookTarget.ALL);
        return events.isEmpty() ? wrong(FILTER, NO_EVENTS) : owed(WebhookForm.STANDARD, address, events.get());
    }

    /** The query parameter, which asks for webhooks as the provider sends them. */
    public static WebhookFields ofQuery(ApiGatewayRequest request) {
        if (!request.queryParameters().contains(NAME)) {
            return NONE;
        }
        long count = QUERY.matcher(request.event().path("rawQueryString").asText(""))
                .results()
                .count();
        return count > 1
                ? wrong(NAME, "must be sent once")
                : owed(
                        WebhookForm.PROVIDER,
                        request.event().path("queryStringParameters").path(NAME),
                        WebhookTarget.ALL);
    }

    /** The events of a filter; empty when it is not valid. */
    public static Optional<Set<WebhookEvent>> events(JsonNode filter) {
        var events = new HashSet<WebhookEvent>();
        for (var name : filter) {
            var event = WebhookEvent.parse(name.asText());
            if (event.isEmpty()) {
                return Optional.empty();
            }
            events.add(event.get());
        }
        return filter.isArray() && !events.isEmpty() ? Optional.of(events) : Optional.empty();
    }

    /** The address; empty when the value has a {@link #problem}. */
    public static Optional<URI> address(JsonNode value) {
        try {
            var address = new URI(value.asText());
            return problemOfForm(value).isEmpty() && address.getHost() != null
                    ? Optional.of(address)
                    : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** Why the value is no address, a clause; empty when it is one. */
    public static Optional<String> problem(JsonNode value) {
        return problemOfForm(value).or(() -> address(value).isPresent() ? Optional.empty() : Optional.of(NO_ADDRESS));
    }

    private static Optional<String> problemOfForm(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.of("is required");
        }
        if (!value.isTextual()) {
            return Optional.of("must be a text");
        }
        int length = value.textValue().length();
        return length > WebhookTarget.MAX_LENGTH
                ? Optional.of("must have at most %d characters, not %d".formatted(WebhookTarget.MAX_LENGTH, length))
                : Optional.empty();
    }

    /** Both together: the provider's parameter and our own fields may be in one request. */
    public WebhookFields and(WebhookFields other) {
        var all = new ArrayList<>(owed);
        all.addAll(other.owed);
        var wrong = new ArrayList<>(violations);
        wrong.addAll(other.violations);
        return new WebhookFields(all, wrong);
    }

    private static WebhookFields owed(WebhookForm form, JsonNode value, Set<WebhookEvent> events) {
        return address(value)
                .map(url -> new WebhookFields(
                        List.of(new DeliverWebhook(new WebhookTarget(form, events, new WebhookTarget.Address(url)))),
                        List.of()))
                .orElseGet(() -> wrong(NAME, problem(value).orElse(NO_ADDRESS)));
    }

    private static WebhookFields wrong(String field, String message) {
        return new WebhookFields(List.of(), List.of(new Violation(field, message)));
    }
}
