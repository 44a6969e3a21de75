package dev.darkroom.core.generation;

import java.util.Optional;
import java.util.regex.Pattern;

/** The id of a provider, for example {@code acme}: 1 to 32 lower-case letters, digits and hyphens, a letter first. */
public record ProviderId(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public ProviderId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a provider id is 1 to 32 lower-case letters, digits and hyphens, a letter first");
        }
    }

    /** Parses an id; empty when the text is not a valid id. */
    public static Optional<ProviderId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ProviderId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
