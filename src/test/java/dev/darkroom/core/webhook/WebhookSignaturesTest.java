package dev.darkroom.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The signatures, checked with the library of Standard Webhooks and with what the provider documents. */
class WebhookSignaturesTest {

    private static final String BODY = "{\"type\":\"generation.completed\",\"data\":{\"prompt\":\"Kätzchen\"}}";
    private static final WebhookSecret FIRST = secret(1);
    private static final WebhookSecret SECOND = secret(2);

    private static WebhookSecret secret(int seed) {
        var bytes = new byte[WebhookSecret.BYTES];
        Arrays.fill(bytes, (byte) (seed * 37));
        return WebhookSecret.of(bytes);
    }

    private static Map<String, String> headers(WebhookForm form, Instant at, WebhookSecret... secrets) {
        return WebhookSignatures.headers(form, "msg_1", at, BODY, List.of(secrets));
    }

    private static void verify(WebhookSecret secret, String body, Map<String, String> headers)
            throws WebhookVerificationException {
        var all = headers.entrySet().stream()
                .collect(Collectors.<Map.Entry<String, String>, String, List<String>>toMap(
                        Map.Entry::getKey, header -> List.of(header.getValue())));
        new Webhook(secret.value()).verify(body, new HashMap<>(all));
    }

    private static Map<String, String> with(Map<String, String> headers, String name, Function<String, String> change) {
        var changed = new HashMap<>(headers);
        changed.computeIfPresent(name, (_, value) -> change.apply(value));
        return changed;
    }

    @Test
    void theStandardLibraryAcceptsTheSignatureOfEachValidSecret() throws WebhookVerificationException {
        var headers = headers(WebhookForm.STANDARD, Instant.now(), SECOND, FIRST);

        verify(FIRST, BODY, headers);
        verify(SECOND, BODY, headers);
    }

    @Test
    void theStandardLibraryRefusesWhatWasChanged() {
        var headers = headers(WebhookForm.STANDARD, Instant.now(), FIRST);
        var old = headers(WebhookForm.STANDARD, Instant.now().minusSeconds(400), FIRST);

        assertThatThrownBy(() -> verify(FIRST, BODY.replace("Kä", "Ka"), headers))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(FIRST, BODY, with(headers, "webhook-id", id -> id + "x")))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(FIRST, BODY, old)).isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(SECOND, BODY, headers)).isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void theProvidersDocumentedVerificationAcceptsItsForm() throws GeneralSecurityException {
        var headers = headers(WebhookForm.PROVIDER, Instant.now(), FIRST);

        assertThat(acceptedByProvider(headers)).isTrue();
    }

    @Test
    void neitherVerificationStandsTheFormOfTheOther() throws GeneralSecurityException {
        var both = with(
                headers(WebhookForm.PROVIDER, Instant.now(), FIRST),
                "webhook-signature",
                signature -> signature + " v1,AAAA");
        var own = headers(WebhookForm.PROVIDER, Instant.now(), FIRST);

        assertThat(acceptedByProvider(both)).as("a list").isFalse();
        assertThatThrownBy(() -> verify(FIRST, BODY, own)).isInstanceOf(WebhookVerificationException.class);
    }

    /** https://wavespeed.ai/docs/verify-webhooks: split at the comma into two, the version is v3, compare the rest. */
    private static boolean acceptedByProvider(Map<String, String> headers) throws GeneralSecurityException {
        var parts = headers.getOrDefault("webhook-signature", "").split(",", -1);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                FIRST.value().substring("whsec_".length()).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var signed = "%s.%s.%s".formatted(headers.get("webhook-id"), headers.get("webhook-timestamp"), BODY);
        var expected = HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        return parts.length == 2 && parts[0].equals("v3") && parts[1].equals(expected);
    }
}
