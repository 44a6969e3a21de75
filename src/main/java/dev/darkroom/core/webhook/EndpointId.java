package dev.darkroom.core.webhook;

import java.util.Optional;
import java.util.regex.Pattern;

/** The id of a standing endpoint: {@code we_} and 32 lower-case hexadecimal digits. */
public record EndpointId(String value) {

    private static final Pattern FORM = Pattern.compile("we_[0-9a-f]{32}");

    public EndpointId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("an endpoint's id is we_ and 32 lower-case hexadecimal digits");
        }
    }

    /** Parses an id; empty when the text is not a valid id. */
    public static Optional<EndpointId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new EndpointId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
