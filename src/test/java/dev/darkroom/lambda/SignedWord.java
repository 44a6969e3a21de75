package dev.darkroom.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs webhooks as the provider does. */
final class SignedWord {

    private static final byte[] SECRET =
            FuzzedGateway.WEBHOOK_SECRET.substring("whsec_".length()).getBytes(StandardCharsets.UTF_8);

    private SignedWord() {}

    static void sign(ObjectNode event, byte[] body, Instant now) {
        var timestamp = Long.toString(now.getEpochSecond());
        event.withObject("/headers")
                .put("webhook-id", "wh")
                .put("webhook-timestamp", timestamp)
                .put("webhook-signature", "v3," + hmac("wh." + timestamp + ".", body));
    }

    private static String hmac(String head, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
