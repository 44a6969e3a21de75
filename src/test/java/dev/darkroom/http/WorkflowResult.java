package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.errors.WorkflowException;
import java.util.Optional;
import java.util.function.Supplier;

/** What the handler of a workflow's task returns: JSON, or one of the exceptions that workflows know. */
public final class WorkflowResult {

    private static final int MAX_LENGTH = 8 * 1024;

    private WorkflowResult() {}

    /** Empty when the event was rejected; any other exception is thrown on. */
    public static Optional<JsonNode> of(Supplier<JsonNode> handler) {
        try {
            return Optional.of(Fuzz.sent(handler.get()));
        } catch (WorkflowException e) {
            var sent = Fuzz.sent(Fuzz.JSON.getNodeFactory().textNode(e.getMessage()));
            assertThat(sent.asText())
                    .hasSizeBetween(1, MAX_LENGTH)
                    .doesNotContain("Exception", "java.", "jackson", "dev.darkroom", "[Source");
            return Optional.empty();
        }
    }
}
