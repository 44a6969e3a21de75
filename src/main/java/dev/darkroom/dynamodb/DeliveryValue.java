package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.text;

import dev.darkroom.core.webhook.Delivery;
import dev.darkroom.core.webhook.Delivery.Outcome;
import dev.darkroom.core.webhook.DeliveryAttempt;
import dev.darkroom.core.webhook.DeliveryLog;
import dev.darkroom.core.webhook.WebhookTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Converts the log of a row's webhooks to a list of maps, and back. An attempt is a short text, so that it adds little
 * to the size of the row: {@code 1764200000000:503:812:}, with its time, status, milliseconds and reason.
 */
final class DeliveryValue {

    private DeliveryValue() {}

    static AttributeValue of(Delivery delivery) {
        return AttributeValue.fromM(Map.of(
                Attributes.TARGET, text(delivery.target().text()),
                Attributes.DELIVERY_OUTCOME, text(delivery.outcome().title()),
                Attributes.ATTEMPTS,
                        AttributeValue.fromL(delivery.attempts().stream()
                                .map(attempt -> text(line(attempt)))
                                .toList())));
    }

    private static String line(DeliveryAttempt attempt) {
        return "%d:%d:%d:%s"
                .formatted(
                        attempt.at().toEpochMilli(),
                        attempt.status(),
                        attempt.took().toMillis(),
                        attempt.reason());
    }

    /** What cannot be read is left out, because a row has to be readable whatever its log says. */
    static DeliveryLog log(@Nullable AttributeValue value) {
        return value == null || !value.hasL()
                ? DeliveryLog.EMPTY
                : new DeliveryLog(
                        value.l().stream().flatMap(each -> read(each).stream()).toList());
    }

    private static Optional<Delivery> read(AttributeValue value) {
        try {
            var map = value.m();
            var outcome = Values.required(map, Attributes.DELIVERY_OUTCOME).s();
            return Optional.of(new Delivery(
                    WebhookTarget.parse(Values.required(map, Attributes.TARGET).s()),
                    Stream.of(Outcome.values())
                            .filter(each -> each.title().equals(outcome))
                            .findFirst()
                            .orElseThrow(),
                    attempts(Values.required(map, Attributes.ATTEMPTS).l())));
        } catch (RuntimeException _) {
            return Optional.empty();
        }
    }

    private static List<DeliveryAttempt> attempts(List<AttributeValue> texts) {
        return texts.stream()
                .map(each -> each.s().split(":", 4))
                .map(parts -> new DeliveryAttempt(
                        Instant.ofEpochMilli(Long.parseLong(parts[0])),
                        Integer.parseInt(parts[1]),
                        Duration.ofMillis(Long.parseLong(parts[2])),
                        parts[3]))
                .toList();
    }
}
