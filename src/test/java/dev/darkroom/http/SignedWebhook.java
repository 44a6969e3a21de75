package dev.darkroom.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs webhooks as the provider does. */
public final class SignedWebhook {

    private SignedWebhook() {}

    public static void sign(ObjectNode event, byte[] body, Instant now) {
        headers(body, FuzzedGateway.WEBHOOK_SECRET, now).forEach(event.withObject("/headers")::put);
    }

    /** The headers of a webhook with this body. */
    public static Map<String, String> headers(String body, String secret, Instant now) {
        return headers(body.getBytes(StandardCharsets.UTF_8), secret, now);
    }

    private static Map<String, String> headers(byte[] body, String secret, Instant now) {
        var timestamp = Long.toString(now.getEpochSecond());
        return Map.of(
                "webhook-id",
                "wh",
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                "v3," + hmac(secret.replaceFirst("^whsec_", ""), "wh." + timestamp + ".", body));
    }

    private static String hmac(String secret, String head, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
