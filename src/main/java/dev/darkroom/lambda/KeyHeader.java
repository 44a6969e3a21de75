package dev.darkroom.lambda;

import dev.darkroom.domain.IdempotencyKey;
import java.util.Optional;

/** The header with the idempotency key. Sent twice with one value it is one key: a proxy may have doubled it. */
sealed interface KeyHeader {

    String NAME = "Idempotency-Key";

    /** {@code key} is empty when the header is missing. */
    record Accepted(Optional<IdempotencyKey> key) implements KeyHeader {}

    record Refused(String message) implements KeyHeader {}

    static KeyHeader of(ApiGatewayRequest request) {
        var values = request.headerValues("idempotency-key");
        if (values.isEmpty()) {
            return new Accepted(Optional.empty());
        }
        if (values.size() > 1) {
            // API Gateway joins them with commas, so a comma in a key cannot be told from two keys.
            return new Refused("must have one value, without a comma");
        }
        var key = IdempotencyKey.parse(values.getFirst());
        return key.isPresent() ? new Accepted(key) : new Refused("must be 1 to 255 printable ASCII characters");
    }
}
