package dev.darkroom.provider.wavespeed;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.darkroom.GatewayTestResource;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.ImageProvider.ProviderTask;
import dev.darkroom.core.provider.PollOutcome;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The adapter as the application configures it. */
@QuarkusTest
@WithTestResource(GatewayTestResource.class)
class ConfiguredProviderTest {

    @Inject
    WaveSpeedImageProvider provider;

    @SuppressWarnings("NullAway.Init")
    WireMockServer server;

    @Test
    void theConfiguredServerIsAskedWithTheConfiguredKey() {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withBody(ApiAnswers.CREATED)));

        var outcome = provider.poll(new ProviderTask("a/b", new PredictionId("8f2d")));

        assertThat(outcome).isEqualTo(new PollOutcome.Running());
        server.verify(getRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer the-provider-key")));
    }
}
