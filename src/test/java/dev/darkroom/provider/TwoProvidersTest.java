package dev.darkroom.provider;

import static dev.darkroom.provider.TwoProviders.IMAGEN;
import static dev.darkroom.provider.TwoProviders.SKETCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A made-up second provider works beside WaveSpeed, and neither is in the way of the other. */
class TwoProvidersTest {

    private static final ProviderId EASEL = new ProviderId("easel");

    private final TwoProviders gateway = new TwoProviders();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void bothGenerateImages() {
        var imagen = gateway.submit(IMAGEN, "a cat");
        var sketch = gateway.submit(SKETCH, "a dog");

        gateway.tick();

        assertThat(gateway.read(imagen).path("status").asText()).isEqualTo("completed");
        assertThat(gateway.read(sketch).path("status").asText()).isEqualTo("completed");
        assertThat(gateway.read(sketch).at("/outputs/0").asText()).isEqualTo("https://easel.example/job-1.png");
        assertThat(gateway.waveSpeed.posts()).isEqualTo(1);
        assertThat(gateway.easel.orders()).isEqualTo(1);
    }

    @Test
    void aRowAndTheClaimOfItsPredictionNameTheProvider() {
        var sketch = gateway.submit(SKETCH, "a dog");

        assertThat(sketch.provider()).isEqualTo(EASEL);
        assertThat(gateway.core.store.claimedBy(EASEL, new PredictionId("job-1")))
                .contains(sketch.id());
        assertThat(gateway.core.store.claimedBy(new ProviderId("wavespeed"), new PredictionId("job-1")))
                .isEmpty();
    }

    @Test
    void anOutageOfTheOneDelaysNoImageOfTheOther() {
        gateway.easel.setOut(true);
        var sketches = IntStream.range(0, 20)
                .mapToObj(i -> gateway.submit(SKETCH, "dog " + i))
                .toList();
        var imagen = gateway.submit(IMAGEN, "a cat");

        gateway.tick();

        assertThat(gateway.row(imagen).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(gateway.core.events.openings())
                .isNotEmpty()
                .allMatch(opening -> opening.provider().equals(EASEL));

        gateway.easel.setOut(false);
        for (int i = 0; i < 20; i++) {
            gateway.tick();
        }
        assertThat(sketches)
                .allSatisfy(sketch ->
                        assertThat(gateway.row(sketch).state().status()).isEqualTo(Status.COMPLETED));
    }

    @Test
    void aProviderThatRefusesQueuesItsOwnRequestsOnly() {
        gateway.easel.setRefusing(true);
        var sketch = gateway.submit(SKETCH, "a dog");
        var next = gateway.submit(SKETCH, "another dog");

        var imagen = gateway.submit(IMAGEN, "a cat");

        assertThat(sketch.state().status()).isEqualTo(Status.QUEUED);
        assertThat(next.state().status()).isEqualTo(Status.QUEUED);
        assertThat(imagen.state().status()).isEqualTo(Status.PROCESSING);

        gateway.easel.setRefusing(false);
        for (int i = 0; i < 10; i++) {
            gateway.tick();
        }
        assertThat(gateway.row(sketch).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(gateway.row(next).state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void withoutAHistoryALostAnswerEndsByItsTimeLimitAndIsNotPaidForAgain() {
        var sketch = gateway.submit(SKETCH, "a dog [lost]");
        assertThat(sketch.state().status()).isEqualTo(Status.UNCONFIRMED);

        gateway.tick();
        assertThat(gateway.row(sketch).state().status()).isEqualTo(Status.UNCONFIRMED);

        gateway.clock.advance(Duration.ofHours(24));
        gateway.tick();

        assertThat(gateway.read(sketch).path("error_code").asText()).isEqualTo("submission_unconfirmed");
        assertThat(gateway.easel.orders()).isEqualTo(1);
    }

    @Test
    void aWebhookOfAProviderThatSendsNoneIsNotFoundAndOneOfTheOtherProviderChangesNothing() {
        var sketch = gateway.submit(SKETCH, "a dog");
        var body = "{\"id\": \"job-1\", \"status\": \"completed\", \"outputs\": [\"https://a/1.png\"]}";

        assertThat(gateway.webhook("easel", sketch, body)).isEqualTo(404);
        assertThat(gateway.webhook("wavespeed", sketch, body)).isEqualTo(409);
        assertThat(gateway.row(sketch)).isEqualTo(sketch);
    }

    @Test
    void aWebhookOfWaveSpeedEndsItsRow() {
        var imagen = gateway.submit(IMAGEN, "a cat");
        var prediction = ((State.Processing) imagen.state()).predictionId();
        var body =
                "{\"id\": \"%s\", \"status\": \"completed\", \"outputs\": [\"https://a/1.png\"]}".formatted(prediction);

        assertThat(gateway.webhook("wavespeed", imagen, body)).isEqualTo(204);
        assertThat(gateway.row(imagen).state().status()).isEqualTo(Status.COMPLETED);
    }
}
