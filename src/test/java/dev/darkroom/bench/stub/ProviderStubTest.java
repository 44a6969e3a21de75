package dev.darkroom.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.bench.stub.LoopbackServer.Request;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderStubTest {

    private final ProviderStub provider = new ProviderStub(150, 40);

    @Test
    void aPredictionThatItMadeIsCompletedUnderItsOwnId() {
        // Given
        var submitted = provider.reply(request("POST", "/api/v3/wavespeed-ai/imagen4"));

        // When
        var result = provider.reply(request("GET", "/api/v3/predictions/" + ProviderStub.PREDICTION + "/result"));

        // Then
        assertThat(submitted.body()).contains(ProviderStub.PREDICTION, "created");
        assertThat(result.body()).contains(ProviderStub.PREDICTION, "completed");
        assertThat(result.awaited()).isTrue();
    }

    @Test
    void anyOtherPredictionDoesNotExistAndNoEventWaitsForIt() {
        // When
        var result = provider.reply(request("GET", "/api/v3/predictions/priming/result"));

        // Then
        assertThat(result.status()).isEqualTo(404);
        assertThat(result.awaited()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"POST, /api/v3/predictions", "GET, /api/v3/balance", "DELETE, /api/v3/predictions/b"})
    void aRequestThatItDoesNotKnowIsRefused(String method, String path) {
        assertThatThrownBy(() -> provider.reply(request(method, path)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(path);
    }

    private static Request request(String method, String path) {
        return new Request(method, path, Map.of(), "", 0);
    }
}
