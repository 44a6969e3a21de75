package dev.darkroom.core.generation;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a model as in the path of a request, for example {@code acme/imagen4}. Only an alias may be a single name,
 * such as {@code dall-e-3}.
 */
public record ModelId(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}(/[a-z0-9][a-z0-9._-]{0,63}){0,5}");

    public ModelId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a model id is one to six lower-case names joined by slashes");
        }
    }

    /** Parses an id; empty when the text is not a valid id. */
    public static Optional<ModelId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ModelId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
