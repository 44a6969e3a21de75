package dev.darkroom.core.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The headers of a webhook. Those of the provider's form have one signature, {@code v3,<hex>}: its documented
 * verification splits the header at the comma, and refuses a list. All others have {@code v1,<base64>} of every valid
 * secret, with blanks between them.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
public final class WebhookSignatures {

    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignatures() {}

    /**
     * The headers of an attempt.
     *
     * @param id the same for each attempt
     * @param at when the attempt is made
     * @param secrets those that are valid, the current one first
     */
    public static Map<String, String> headers(
            WebhookForm form, String id, Instant at, String body, List<WebhookSecret> secrets) {
        var timestamp = Long.toString(at.getEpochSecond());
        var signed = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        var content = new ByteArrayOutputStream();
        content.writeBytes(signed);
        content.writeBytes(body.getBytes(StandardCharsets.UTF_8));
        var signature = switch (form) {
            case STANDARD ->
                secrets.stream()
                        .map(secret -> "v1,"
                                + Base64.getEncoder().encodeToString(hmac(secret.decoded(), content.toByteArray())))
                        .collect(Collectors.joining(" "));
            case PROVIDER ->
                "v3," + HexFormat.of().formatHex(hmac(secrets.getFirst().textual(), content.toByteArray()));
        };
        return Map.of("webhook-id", id, "webhook-timestamp", timestamp, "webhook-signature", signature);
    }

    private static byte[] hmac(byte[] key, byte[] content) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
