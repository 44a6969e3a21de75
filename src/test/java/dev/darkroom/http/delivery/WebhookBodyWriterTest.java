package dev.darkroom.http.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.archive.ImageRetention;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.step.Timeouts;
import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.http.GatewayAddress;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What receivers read, in both forms. */
class WebhookBodyWriterTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final GatewayAddress ADDRESS =
            new GatewayAddress(Optional.of(URI.create("https://gateway.example.com")), Optional.empty());

    private final WebhookBodyWriter writer = new WebhookBodyWriter(
            new GenerationViews(
                    ADDRESS, Timeouts.DEFAULTS, new ImageRetention(Duration.ofDays(30), InstantSource.fixed(NOW))),
            ADDRESS);

    private static Generation row(int prompt, List<Output> outputs) {
        var input = "{\"prompt\":\"%s\"}".formatted("x".repeat(prompt));
        return new Generation(
                new GenerationId("0".repeat(31) + "1"),
                CoreFixture.OWNER,
                new GenerationRequest(new ModelId(CoreFixture.MODEL), CoreFixture.PROVIDER, input),
                NOW,
                1,
                null,
                new State.Completed(new PredictionId("p-1"), outputs, Duration.ofSeconds(3), NOW));
    }

    private JsonNode body(WebhookForm form, Generation row) throws JsonProcessingException {
        var text = writer.of(form, row);
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20_000);
        return new JsonMapper().readTree(text);
    }

    @ParameterizedTest
    @CsvSource({"STANDARD, /data/input/prompt, /data/images", "PROVIDER, /input/prompt, /outputs"})
    void aLargeBodyHasNoInputAndALargerOneNoLinks(WebhookForm form, String prompt, String images)
            throws JsonProcessingException {
        var output = new Output("https://images.example.com/1.png", false);
        var distant = new Output("https://images.example.com/" + "a".repeat(4_000), false);

        var small = body(form, row(10, List.of(output)));
        var large = body(form, row(20_000, List.of(output)));
        var larger = body(form, row(20_000, Collections.nCopies(10, distant)));

        assertThat(small.at(prompt).asText()).hasSize(10);
        assertThat(small.at(images)).hasSize(1);
        assertThat(large.at(prompt).isMissingNode()).isTrue();
        assertThat(large.at(images)).hasSize(1);
        assertThat(larger.at(images)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"STANDARD, /data/images", "PROVIDER, /outputs"})
    void itHasNoBytesOfImages(WebhookForm form, String images) throws JsonProcessingException {
        var inline = new Output("data:image/png;base64," + "A".repeat(300), false);

        var body = body(form, row(10, List.of(inline, new Output("https://images.example.com/1.png", false))));

        assertThat(body.toString()).doesNotContain("data:image");
        assertThat(body.at(images)).hasSize(1);
    }
}
