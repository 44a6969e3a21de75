package dev.darkroom.http;

import dev.darkroom.core.generation.IdempotencyKey;
import java.util.Map;
import java.util.Optional;

/**
 * The header with the idempotency key. The same value sent twice is one key, because a proxy may have doubled the
 * header.
 */
public sealed interface KeyHeader {

    String NAME = "Idempotency-Key";

    /** The header of an answer that repeats an earlier one, by its lower-case name. */
    Map<String, String> REPLAYED = Map.of("idempotent-replayed", "true");

    /** The headers of an answer about a request that was {@code repeated} or not. */
    static Map<String, String> replayed(boolean repeated) {
        return repeated ? REPLAYED : Map.of();
    }

    /** {@code key} is empty when the header is missing. */
    record Accepted(Optional<IdempotencyKey> key) implements KeyHeader {}

    record Refused(String message) implements KeyHeader {}

    static KeyHeader of(ApiGatewayRequest request) {
        var values = request.headerValues("idempotency-key");
        if (values.isEmpty()) {
            return new Accepted(Optional.empty());
        }
        if (values.size() > 1) {
            // API Gateway joins repeated headers with commas, so a key with a comma cannot be distinguished from two
            // keys.
            return new Refused("must have one value, without a comma");
        }
        var key = IdempotencyKey.parse(values.getFirst());
        return key.isPresent() ? new Accepted(key) : new Refused("must be 1 to 255 printable ASCII characters");
    }
}
