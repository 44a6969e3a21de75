package dev.darkroom.local.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.core.webhook.WebhookSecret;
import dev.darkroom.core.webhook.WebhookSignatures;
import dev.darkroom.local.net.Http;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebhookListenerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final WebhookSecret SECRET = secret(1);
    private static final String BODY = "{\"prompt\":\"K\u00e4tzchen\"}";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final WebhookListener listener =
            new WebhookListener(0, SECRET, () -> NOW, new PrintStream(printed, true, StandardCharsets.UTF_8));

    @AfterEach
    void close() {
        listener.close();
    }

    private static WebhookSecret secret(int seed) {
        var bytes = new byte[WebhookSecret.BYTES];
        Arrays.fill(bytes, (byte) seed);
        return WebhookSecret.of(bytes);
    }

    private int sent(WebhookForm form, Instant at, String body, WebhookSecret... secrets)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(listener.address()).POST(BodyPublishers.ofString(body));
        WebhookSignatures.headers(form, "msg_1", at, BODY, List.of(secrets)).forEach(request::header);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void aWebhookOfEachFormIsVerifiedAndPrinted(WebhookForm form) throws IOException, InterruptedException {
        assertThat(sent(form, NOW, BODY, SECRET)).isEqualTo(204);

        assertThat(printed()).contains("msg_1  verified", BODY);
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() throws IOException, InterruptedException {
        assertThat(sent(WebhookForm.STANDARD, NOW, BODY, secret(2), SECRET)).isEqualTo(204);
    }

    @Test
    void whatIsNotSignedWithItsSecretIsRefused() throws IOException, InterruptedException {
        assertThat(sent(WebhookForm.STANDARD, NOW, BODY, secret(2))).isEqualTo(401);
        assertThat(sent(WebhookForm.STANDARD, NOW, BODY + " ", SECRET)).isEqualTo(401);
        assertThat(sent(WebhookForm.STANDARD, NOW.minusSeconds(301), BODY, SECRET))
                .isEqualTo(401);

        assertThat(printed()).contains("the signature is not of this secret", "more than five minutes off");
    }

    @Test
    void theSecretIsThatOfTheKey() throws IOException, InterruptedException {
        var gateway = Http.serve(
                0,
                exchange ->
                        Http.answerJson(exchange, 200, "{\"data\": {\"secret\": \"%s\"}}".formatted(SECRET.value())));

        assertThat(WebhookListener.secretOf(Http.address(gateway), "drk_key")).isEqualTo(SECRET);
        gateway.stop(0);
    }
}
