package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.core.webhook.EndpointId;
import dev.darkroom.core.webhook.KeyWebhooks;
import dev.darkroom.core.webhook.SecretPair;
import dev.darkroom.core.webhook.WebhookEndpoint;
import dev.darkroom.core.webhook.WebhookEvent;
import dev.darkroom.core.webhook.WebhookSecret;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts the webhooks of an API key to attributes, and back. */
final class KeyWebhooksValue {

    private static final String CURRENT = "current";
    private static final String PREVIOUS = "previous";

    private KeyWebhooksValue() {}

    static Map<String, AttributeValue> of(KeyWebhooks webhooks) {
        return Map.of(
                Attributes.VERSION, number(webhooks.version()),
                Attributes.SECRETS, of(webhooks.secrets()),
                Attributes.ENDPOINTS,
                        AttributeValue.fromL(webhooks.endpoints().stream()
                                .map(KeyWebhooksValue::of)
                                .toList()));
    }

    private static AttributeValue of(SecretPair secrets) {
        var map = new HashMap<String, AttributeValue>();
        map.put(CURRENT, text(secrets.current().value()));
        secrets.previous().ifPresent(old -> {
            map.put(PREVIOUS, text(old.secret().value()));
            map.put(Attributes.UNTIL, time(old.until()));
        });
        return AttributeValue.fromM(map);
    }

    private static AttributeValue of(WebhookEndpoint endpoint) {
        var map = new HashMap<>(Map.of(
                Attributes.ID, text(endpoint.id().value()),
                Attributes.ADDRESS, text(endpoint.url().toString()),
                Attributes.WEBHOOK_EVENTS,
                        AttributeValue.fromSs(endpoint.events().stream()
                                .map(WebhookEvent::title)
                                .toList()),
                Attributes.SECRETS, of(endpoint.secrets()),
                Attributes.CREATED_AT, time(endpoint.createdAt())));
        endpoint.disabled().ifPresent(how -> {
            map.put(Attributes.DISABLED_AT, time(how.at()));
            map.put(Attributes.BY_RECEIVER, AttributeValue.fromBool(how.byReceiver()));
        });
        return AttributeValue.fromM(map);
    }

    static KeyWebhooks read(Map<String, AttributeValue> item) {
        return new KeyWebhooks(
                number(Values.required(item, Attributes.VERSION)),
                secrets(Values.required(item, Attributes.SECRETS).m()),
                Values.required(item, Attributes.ENDPOINTS).l().stream()
                        .map(each -> endpoint(each.m()))
                        .toList());
    }

    private static SecretPair secrets(Map<String, AttributeValue> map) {
        return new SecretPair(
                new WebhookSecret(Values.required(map, CURRENT).s()),
                Optional.ofNullable(map.get(PREVIOUS))
                        .map(old -> new SecretPair.Previous(
                                new WebhookSecret(old.s()), time(Values.required(map, Attributes.UNTIL)))));
    }

    private static WebhookEndpoint endpoint(Map<String, AttributeValue> map) {
        return new WebhookEndpoint(
                new EndpointId(Values.required(map, Attributes.ID).s()),
                URI.create(Values.required(map, Attributes.ADDRESS).s()),
                Values.required(map, Attributes.WEBHOOK_EVENTS).ss().stream()
                        .map(title -> WebhookEvent.parse(title).orElseThrow())
                        .collect(Collectors.toSet()),
                secrets(Values.required(map, Attributes.SECRETS).m()),
                time(Values.required(map, Attributes.CREATED_AT)),
                Optional.ofNullable(map.get(Attributes.DISABLED_AT))
                        .map(at -> new WebhookEndpoint.Disabled(
                                time(at),
                                Values.required(map, Attributes.BY_RECEIVER).bool())));
    }
}
