package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayAddressTest {

    private static final Optional<URI> OWN = Optional.of(URI.create("https://images.example.com/"));
    private static final Optional<URI> ENDPOINT = Optional.of(URI.create("https://abc.execute-api.example"));

    @Test
    void aWorkflowGetsTheConfiguredAddress() {
        assertThat(new GatewayAddress(OWN, ENDPOINT).withoutRequest())
                .isEqualTo(new PublicUrl("https://images.example.com"));
    }

    @Test
    void withoutOneItGetsTheEndpoint() {
        assertThat(new GatewayAddress(Optional.empty(), ENDPOINT).withoutRequest())
                .isEqualTo(new PublicUrl("https://abc.execute-api.example"));
    }

    @Test
    void withoutBothThereIsNone() {
        assertThat(new GatewayAddress(Optional.empty(), Optional.empty()).withoutRequest())
                .isEqualTo(new PublicUrl(""));
    }
}
