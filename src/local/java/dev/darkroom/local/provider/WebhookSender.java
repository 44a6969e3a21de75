package dev.darkroom.local.provider;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends the provider's signed webhooks; retries each up to three times until the receiver answers 2xx. */
public final class WebhookSender implements AutoCloseable {

    /** The secret of webhooks on this machine, unless {@code webhookSecret} names another one. */
    public static final String SECRET = "whsec_local";

    private static final int ATTEMPTS = 4;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final InstantSource clock;
    private final byte[] key;

    /** {@code clock} is the provider's; {@code secret} may begin with {@code whsec_}. */
    public WebhookSender(InstantSource clock, String secret) {
        this.clock = clock;
        this.key = secret.replaceFirst("^whsec_", "").getBytes(StandardCharsets.UTF_8);
    }

    /** Sends a webhook {@code times} times, at {@code time} by our clock. */
    public void send(URI address, String body, Instant time, int times) {
        for (int i = 0; i < times; i++) {
            executor.execute(() -> deliver(address, body, time));
        }
    }

    private void deliver(URI address, String body, Instant time) {
        try {
            Thread.sleep(Duration.between(Instant.now(), time));
            for (int attempt = 0; attempt < ATTEMPTS && !isAccepted(address, body); attempt++) {
                Thread.sleep(Duration.ofSeconds(1L << attempt));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAccepted(URI address, String body) throws InterruptedException {
        var id = "wh_" + UUID.randomUUID();
        var timestamp = Long.toString(clock.instant().getEpochSecond());
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", "v3," + hmac("%s.%s.%s".formatted(id, timestamp, body)))
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException _) {
            return false;
        }
    }

    private String hmac(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        client.shutdownNow();
    }
}
