package dev.darkroom.core.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a generation ended, as its caller is told. */
public enum WebhookEvent {
    COMPLETED,
    FAILED,
    CANCELLED;

    private static final String PREFIX = "generation.";

    /** The name as it is stored, and written in a filter. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The {@code type} of the body. */
    public String type() {
        return PREFIX + title();
    }

    /** Parses a name, or a type; empty when there is no such event. */
    public static Optional<WebhookEvent> parse(String text) {
        var title = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
        return Arrays.stream(values())
                .filter(event -> event.title().equals(title))
                .findFirst();
    }
}
