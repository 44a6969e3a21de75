package dev.darkroom.http.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TraceParent;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.http.GatewayAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the events on the event bus say. */
class EventDetailWriterTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final TraceParent TRACE = new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    private static final GenerationId ID = new GenerationId("0".repeat(31) + "1");
    private static final LinkToken LINK = new LinkToken("f".repeat(32));
    private static final String KEPT_AT_PROVIDER = "https://images.example.com/1.png";
    private static final GenerationRequest REQUEST = new GenerationRequest(
            new ModelId(CoreFixture.MODEL),
            CoreFixture.PROVIDER,
            "{\"prompt\":\"a secret prompt\"}",
            1,
            new Metadata(Map.of("order", "4711")));

    private final EventDetailWriter writer = new EventDetailWriter(
            "dev", new GatewayAddress(Optional.of(URI.create("https://gateway.example.com")), Optional.empty()));

    private static Generation row(GenerationRequest request, State state) {
        return new Generation(ID, CoreFixture.OWNER, request, NOW, 1, null, state);
    }

    private static State.Completed completed(List<Output> outputs) {
        return new State.Completed(new PredictionId("p-1"), outputs, Duration.ofSeconds(3), NOW.plusSeconds(5));
    }

    private JsonNode detail(Generation row) throws JsonProcessingException {
        return new JsonMapper().readTree(writer.of(row));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new JsonMapper().readTree(text);
    }

    @Test
    void itSaysWhoAskedForWhatAndWhatBecameOfIt() throws JsonProcessingException {
        var row = row(
                        REQUEST.keepingImages(LINK).tracedIn(TRACE),
                        completed(List.of(new Output(KEPT_AT_PROVIDER, false))))
                .costing(Cost.held(new Money(40_000), 1, List.of(), 1));

        var detail = (ObjectNode) detail(row);

        assertThat(detail.remove("images").path(0).path("url").asText())
                .startsWith("https://gateway.example.com/images/%s/%s/".formatted(ID, LINK.value()));
        assertThat(detail).isEqualTo(json("""
                        {
                          "stage": "dev",
                          "id": "00000000000000000000000000000001",
                          "owner": "acme",
                          "model": "wavespeed-ai/imagen4",
                          "status": "completed",
                          "created_at": "2026-01-01T12:00:00Z",
                          "finished_at": "2026-01-01T12:00:05Z",
                          "image_count": 1,
                          "metadata": {"order": "4711"},
                          "cost": {"currency": "USD", "amount": 0.04, "state": "held"},
                          "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
                        }"""));
    }

    @Test
    void aFailureHasItsCodeAndNoImages() throws JsonProcessingException {
        var detail = detail(row(REQUEST, new State.Failed(null, Failure.NEVER_SUBMITTED, NOW)));

        assertThat(detail.path("status").asText()).isEqualTo("failed");
        assertThat(detail.at("/error/code").asText()).isEqualTo("provider_unavailable");
        assertThat(detail.path("image_count").asInt()).isZero();
        assertThat(detail.path("images")).isEmpty();
        assertThat(detail.has("traceparent")).isFalse();
    }

    @Test
    void aCancellationIsSaidAsOne() throws JsonProcessingException {
        var detail = detail(row(REQUEST, new State.Cancelled(NOW)));

        assertThat(detail.path("status").asText()).isEqualTo("cancelled");
        assertThat(detail.at("/error/code").asText()).isEqualTo("cancelled");
    }

    @Test
    void itHasNeitherThePromptNorBytesOfImages() throws JsonProcessingException {
        var inline = new Output("data:image/png;base64," + "A".repeat(300_000), false);
        var row = row(REQUEST, completed(List.of(inline, new Output(KEPT_AT_PROVIDER, false))));

        var detail = detail(row);

        assertThat(detail.toString()).doesNotContain("secret prompt").hasSizeLessThan(2_000);
        assertThat(detail.path("image_count").asInt()).isEqualTo(2);
        assertThat(detail.path("images")).containsExactly(json("{\"url\": \"%s\"}".formatted(KEPT_AT_PROVIDER)));
    }

    /** EventBridge refuses an event of 256 KB. */
    @Test
    void linksThatWouldMakeItTooLargeAreLeftOut() throws JsonProcessingException {
        var distant = new Output("https://images.example.com/" + "a".repeat(4_000), false);
        var row = row(REQUEST, completed(Collections.nCopies(100, distant)));

        assertThat(writer.of(row).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(240_000);
        assertThat(detail(row).path("image_count").asInt()).isEqualTo(100);
        assertThat(detail(row).path("images")).isEmpty();
    }
}
