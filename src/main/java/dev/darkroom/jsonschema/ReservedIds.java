package dev.darkroom.jsonschema;

import dev.darkroom.core.generation.ModelId;
import java.util.Optional;
import java.util.Set;

/** Ids that no request could name, because the paths that begin like them are other endpoints of the API. */
final class ReservedIds {

    private static final Set<String> FIRST_NAMES =
            Set.of("account", "billings", "media", "model", "models", "predictions", "user", "webhook");

    private ReservedIds() {}

    /** A sentence about an id that is reserved. */
    static Optional<String> problem(ModelId id) {
        int slash = id.value().indexOf('/');
        var first = slash < 0 ? id.value() : id.value().substring(0, slash);
        return FIRST_NAMES.contains(first)
                ? Optional.of(
                        "%s cannot be requested: paths that begin with %s/ are other endpoints".formatted(id, first))
                : Optional.empty();
    }
}
