package dev.darkroom.provider.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.ProviderKey;
import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to the provider, and on which connection. */
class WaveSpeedApiTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private static String target(RawServer server) {
        return server.requests().getFirst().split(" ", 3)[1];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://gateway.example/webhooks/wavespeed/0123",
                "https://gateway.example/dev/a%2Fb/%7Bx%7D?a=b%26c&d=e+f;g#h"
            })
    void theProviderGetsTheUnchangedUrlOfTheWebhook(String webhook) {
        try (var server = RawServer.answering(Answer.of(OK))) {
            new WaveSpeedApi(server.address(), ProviderKey.fixed("key"))
                    .submit("a/b", Optional.of(URI.create(webhook)), "{}", TIMEOUT);

            var parts = target(server).split("=", 2);
            assertThat(parts[0]).isEqualTo("/api/v3/a/b?webhook");
            assertThat(parts[1]).doesNotContain("&", "#", "+", ";");
            assertThat(URLDecoder.decode(parts[1], StandardCharsets.UTF_8)).isEqualTo(webhook);
        }
    }

    @Test
    void anyIdOfAPredictionIsOneSegmentOfThePath() {
        try (var server = RawServer.answering(Answer.of(OK))) {
            new WaveSpeedApi(server.address(), ProviderKey.fixed("key"))
                    .result(new PredictionId("../a/%2F{c}?d#e"), TIMEOUT);

            assertThat(target(server)).isEqualTo("/api/v3/predictions/..%2Fa%2F%252F%7Bc%7D%3Fd%23e/result");
        }
    }

    @Test
    void theInputIsSentByteForByte() {
        try (var server = RawServer.answering(Answer.of(OK))) {
            new WaveSpeedApi(server.address(), ProviderKey.fixed("key"))
                    .submit("a/b", Optional.empty(), "{\"prompt\": \"\u00e4 \ud83d\ude00\"}", TIMEOUT);

            assertThat(server.requests().getFirst()).endsWith("\r\n\r\n{\"prompt\": \"\u00e4 \ud83d\ude00\"}");
        }
    }

    @Test
    void freeCallsShareConnectionsAndPaidOnesDoNot() {
        try (var server = RawServer.keepingAlive(Answer.of(OK))) {
            var api = new WaveSpeedApi(server.address(), ProviderKey.fixed("key"));

            api.result(new PredictionId("p"), TIMEOUT);
            api.list("{}", TIMEOUT);
            api.submit("a/b", Optional.empty(), "{}", TIMEOUT);
            api.submit("a/b", Optional.empty(), "{}", TIMEOUT);

            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void aFreeCallOnAConnectionThatDiedUnnoticedIsRepeatedOnANewOne() {
        try (var server = RawServer.keepingAlive(Answer.of(OK))) {
            var api = new WaveSpeedApi(server.address(), ProviderKey.fixed("key"));
            api.result(new PredictionId("p"), TIMEOUT);
            server.disconnect();

            var outcome = api.result(new PredictionId("p"), TIMEOUT);

            assertThat(outcome).isInstanceOf(Answered.class);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void bytesAfterAnAnswerAreNotReadAsTheNextAnswer() {
        try (var server =
                RawServer.keepingAlive(Answer.of(OK + "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))) {
            var api = new WaveSpeedApi(server.address(), ProviderKey.fixed("key"));
            api.result(new PredictionId("p"), TIMEOUT);

            var outcome = api.result(new PredictionId("q"), TIMEOUT);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Answered.class,
                            answered -> assertThat(answered.status()).isEqualTo(200));
        }
    }
}
