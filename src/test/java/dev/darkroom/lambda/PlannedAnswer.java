package dev.darkroom.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Supplier;

/** What a handler of a workflow's tasks answers: JSON, or an exception that was planned. */
final class PlannedAnswer {

    private static final int LONGEST = 8 * 1024;

    private PlannedAnswer() {}

    /** Empty when the event was refused; any other exception goes through. */
    static Optional<JsonNode> of(Supplier<JsonNode> handler) {
        try {
            return Optional.of(Fuzz.sent(handler.get()));
        } catch (PlannedException e) {
            var sent = Fuzz.sent(Fuzz.JSON.getNodeFactory().textNode(e.getMessage()));
            assertThat(sent.asText())
                    .hasSizeBetween(1, LONGEST)
                    .doesNotContain("Exception", "java.", "jackson", "dev.darkroom", "[Source");
            return Optional.empty();
        }
    }
}
