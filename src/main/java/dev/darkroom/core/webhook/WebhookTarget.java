package dev.darkroom.core.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is told about the end of a generation, and of which ends.
 *
 * @param events those that the target is told, at least one
 */
public record WebhookTarget(WebhookForm form, Set<WebhookEvent> events, Destination destination) {

    /** How many characters an address has at most. */
    public static final int MAX_LENGTH = 2_048;

    public static final Set<WebhookEvent> ALL = Set.of(WebhookEvent.values());

    private static final String ADDRESS = "url:";
    private static final String ENDPOINT = "endpoint:";

    public WebhookTarget {
        events = Set.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a webhook is about one event at least");
        }
    }

    /** Where the webhook goes. */
    public sealed interface Destination {

        /** As it is stored. */
        String text();

        /** For the log: it contains no secret. */
        String label();
    }

    /** An address of one request, which may contain a secret. */
    public record Address(URI url) implements Destination {

        @Override
        public String text() {
            return ADDRESS + url;
        }

        @Override
        public String label() {
            return String.valueOf(url.getHost());
        }

        @Override
        public String toString() {
            return label();
        }
    }

    /** A standing endpoint of the request's API key. */
    public record Endpoint(EndpointId id) implements Destination {

        @Override
        public String text() {
            return ENDPOINT + id;
        }

        @Override
        public String label() {
            return id.value();
        }
    }

    /** As it is stored: {@code standard completed,failed url:https://example.com}. */
    public String text() {
        var names = EnumSet.copyOf(events).stream().map(WebhookEvent::title).collect(Collectors.joining(","));
        return "%s %s %s".formatted(form.title(), names, destination.text());
    }

    /** Reads what {@link #text} has written; throws an {@link IllegalArgumentException}. */
    public static WebhookTarget parse(String text) {
        var parts = text.split(" ", 3);
        if (parts.length < 3) {
            throw new IllegalArgumentException("a webhook's target has a form, events and a destination");
        }
        return new WebhookTarget(
                WebhookForm.parse(parts[0]).orElseThrow(() -> new IllegalArgumentException("unknown form")),
                Arrays.stream(parts[1].split(","))
                        .map(name -> WebhookEvent.parse(name)
                                .orElseThrow(() -> new IllegalArgumentException("unknown event")))
                        .collect(Collectors.toSet()),
                destination(parts[2]));
    }

    private static Destination destination(String text) {
        if (text.startsWith(ADDRESS)) {
            return new Address(URI.create(text.substring(ADDRESS.length())));
        }
        if (text.startsWith(ENDPOINT)) {
            return new Endpoint(new EndpointId(text.substring(ENDPOINT.length())));
        }
        throw new IllegalArgumentException("unknown destination");
    }

    /** 12 hexadecimal digits that tell the targets of a generation apart, and say nothing about their addresses. */
    public String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((form.title() + " " + destination.text()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
