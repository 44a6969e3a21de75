package dev.darkroom.provider.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.ProviderWebhook;
import dev.darkroom.http.SignedWebhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Webhooks as the provider's documentation describes them. Its own sample has a wrong signature, so this one was made
 * with openssl.
 */
class WaveSpeedWebhookVerifierTest {

    private static final String SECRET = "whsec_0123456789abcdef";
    private static final Instant SENT = Instant.ofEpochSecond(1_767_268_800);
    private static final String BODY =
            "{\"id\":\"p1\",\"status\":\"completed\",\"outputs\":[\"https://a/1.png\"],\"input\":{\"prompt\":\"a cat\"}}";

    // printf 'wh_1.1767268800.%s' "$BODY" | openssl dgst -sha256 -hmac 0123456789abcdef
    private static final String SIGNATURE = "v3,a9837b506cb0321605c40028ccdaa749a8ecd908c0a8f3c9bcbdaba819270698";

    private static final String OTHER_SECRET = "whsec_fedcba9876543210";
    private static final String OTHER_SIGNATURE = "v3,cb223c65594161ef56ea4d68151d7db09f96d726903ae56e8d99e2d293dfc0b2";

    private static final Map<String, String> HEADERS =
            Map.of("webhook-id", "wh_1", "webhook-timestamp", "1767268800", "webhook-signature", SIGNATURE);

    private record Config(
            URI baseUrl,
            Optional<String> apiKey,
            Optional<String> apiKeySecret,
            Optional<String> apiKeyField,
            Optional<String> webhookSecret,
            Optional<Integer> imagesPerMinute,
            Duration resultTimeout)
            implements WaveSpeedConfig {}

    @Test
    void aGenuineMessageSaysHowThePredictionEnded() {
        assertThat(read(HEADERS, BODY, SENT)).isInstanceOfSatisfying(ProviderWebhook.Verified.class, webhook -> {
            assertThat(webhook.prediction()).isEqualTo(new PredictionId("p1"));
            assertThat(webhook.outcome())
                    .isEqualTo(new PollOutcome.Succeeded(List.of(new Output("https://a/1.png", false)), Duration.ZERO));
            assertThat(webhook.hasInput().test("{\"prompt\":\"a cat\"}")).isTrue();
            assertThat(webhook.hasInput().test("{\"prompt\":\"a dog\"}")).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, 300})
    void aWebhookIsValidForFiveMinutes(int seconds) {
        assertThat(read(HEADERS, BODY, SENT.plusSeconds(seconds))).isInstanceOf(ProviderWebhook.Verified.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-301, 301})
    void afterThatItIsRefused(int seconds) {
        assertRefused(read(HEADERS, BODY, SENT.plusSeconds(seconds)), "webhook-timestamp");
    }

    @Test
    void aBodyThatWasChangedIsRefused() {
        assertRefused(read(HEADERS, BODY.replace("p1", "p2"), SENT), "webhook-signature");
    }

    @ParameterizedTest
    @CsvSource({
        "webhook-id, wh_2, webhook-signature",
        "webhook-timestamp, 1767268801, webhook-signature",
        "webhook-timestamp, now, webhook-timestamp",
        "webhook-timestamp, -1, webhook-timestamp",
        "webhook-timestamp, 99999999999999, webhook-timestamp",
        "webhook-signature, 'v1,a9837b506cb0321605c40028ccdaa749a8ecd908c0a8f3c9bcbdaba819270698', webhook-signature",
        "webhook-signature, 'v3,00', webhook-signature",
        "webhook-signature, '', webhook-signature"
    })
    void aHeaderThatWasChangedIsRefused(String header, String value, String named) {
        var headers = new HashMap<>(HEADERS);
        headers.put(header, value);

        assertRefused(read(headers, BODY, SENT), named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void aHeaderThatIsMissingIsRefused(String header) {
        var headers = new HashMap<>(HEADERS);
        headers.remove(header);

        assertThat(read(headers, BODY, SENT)).isInstanceOf(ProviderWebhook.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"OTHER OURS", "OURS OTHER", "OTHER,OURS", "OTHER, OURS", "v1,aa OURS", "OURS v4,bb", "  OURS  "})
    void oneGoodSignatureOfSeveralIsEnough(String signatures) {
        var headers = new HashMap<>(HEADERS);
        headers.put("webhook-signature", signatures.replace("OURS", SIGNATURE).replace("OTHER", OTHER_SIGNATURE));

        assertThat(read(headers, BODY, SENT)).isInstanceOf(ProviderWebhook.Verified.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OTHER", "OTHER OTHER", "xOURS", "OURSx", "OURS0", "v1,OURS;"})
    void signaturesOfWhichNoneIsGoodAreRefused(String signatures) {
        var headers = new HashMap<>(HEADERS);
        headers.put("webhook-signature", signatures.replace("OURS", SIGNATURE).replace("OTHER", OTHER_SIGNATURE));

        assertRefused(read(headers, BODY, SENT), "webhook-signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OURS,OTHER", "OTHER OURS", " OURS\n", "OTHER,\n OURS\r\n", "0123456789abcdef"})
    void eachOfTheSecretsIsGood(String secrets) {
        var configured = secrets.replace("OURS", SECRET).replace("OTHER", OTHER_SECRET);

        assertThat(verifier(Optional.of(configured), SENT).verify(HEADERS, bytes(BODY)))
                .isInstanceOf(ProviderWebhook.Verified.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , \n"})
    void aBlankSecretCountsAsNone(String secrets) {
        assertThat(verifier(Optional.of(secrets), SENT).verify(HEADERS, bytes(BODY)))
                .isEqualTo(new ProviderWebhook.Disabled());
    }

    @Test
    void withoutASecretWebhooksAreDisabled() {
        assertThat(verifier(Optional.empty(), SENT).verify(HEADERS, bytes(BODY)))
                .isEqualTo(new ProviderWebhook.Disabled());
    }

    @ParameterizedTest
    @CsvSource({"not JSON, body", "'{\"status\": \"completed\"}', id"})
    void aSignedBodyThatSaysNothingIsUnreadable(String body, String named) {
        var webhook =
                verifier(Optional.of(SECRET), SENT).verify(SignedWebhook.headers(body, SECRET, SENT), bytes(body));

        assertThat(webhook)
                .isInstanceOfSatisfying(
                        ProviderWebhook.Unreadable.class,
                        unreadable -> assertThat(unreadable.field()).isEqualTo(named));
    }

    private static void assertRefused(ProviderWebhook webhook, String field) {
        assertThat(webhook)
                .isInstanceOfSatisfying(
                        ProviderWebhook.Rejected.class,
                        refused -> assertThat(refused.field()).isEqualTo(field));
    }

    private static ProviderWebhook read(Map<String, String> headers, String body, Instant now) {
        return verifier(Optional.of(SECRET), now).verify(headers, bytes(body));
    }

    private static WaveSpeedWebhookVerifier verifier(Optional<String> secret, Instant now) {
        var config = new Config(
                URI.create("http://localhost"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                secret,
                Optional.empty(),
                Duration.ZERO);
        return new WaveSpeedWebhookVerifier(config, InstantSource.fixed(now));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
