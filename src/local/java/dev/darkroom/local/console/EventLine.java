package dev.darkroom.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.GenerationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A log event of Darkroom that the terminal shows: what happened, and its details. */
record EventLine(String label, List<String> details) {

    /** Libraries log under other names; their warnings have stack traces of many lines. */
    private static final String OWN = "dev.darkroom.";

    private static final Set<String> SHOWN_LEVELS = Set.of("WARN", "ERROR");
    private static final int MAX_ADDRESS_LENGTH = 300;
    private static final double MILLIS = 1000;

    /** Empty for what is only in the file. {@code images} reads the addresses of a completed generation's images. */
    static Optional<EventLine> of(String function, JsonNode event, Function<GenerationId, List<String>> images) {
        if (!event.path("loggerName").asText().startsWith(OWN)) {
            return Optional.empty();
        }
        var keys = event.path("mdc");
        var id = keys.path("generationId").asText();
        var seconds =
                String.format(Locale.ROOT, "%.1f s", keys.path("elapsedMs").asDouble() / MILLIS);
        return switch (event.path("message").asText()) {
            case "generation-completed" -> {
                int count = keys.path("images").asInt();
                var details = new ArrayList<>(List.of(id, count + (count == 1 ? " image" : " images"), seconds));
                details.addAll(addresses(id, images));
                yield Optional.of(new EventLine("completed", details));
            }
            case "generation-failed" ->
                Optional.of(new EventLine(
                        "failed", List.of(id, keys.path("errorCode").asText(), seconds)));
            case "generation-cancelled" -> Optional.of(new EventLine("cancelled", List.of(id, seconds)));
            case String message -> {
                var level = event.path("level").asText();
                yield SHOWN_LEVELS.contains(level)
                        ? Optional.of(new EventLine(level.toLowerCase(Locale.ROOT), List.of(id, function, message)))
                        : Optional.empty();
            }
        };
    }

    private static List<String> addresses(String id, Function<GenerationId, List<String>> images) {
        try {
            return GenerationId.parse(id).map(images).orElse(List.of()).stream()
                    .map(EventLine::shortened)
                    .toList();
        } catch (RuntimeException e) {
            return List.of("its address cannot be read: " + e.getMessage());
        }
    }

    /** An image may also be in the address itself, as a data URI. */
    private static String shortened(String address) {
        return address.length() <= MAX_ADDRESS_LENGTH
                ? address
                : "%s… (%s characters)".formatted(address.substring(0, 40), address.length());
    }
}
