package dev.darkroom.wavespeed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How the provider signs what it sends: {@code webhook-signature: v3,<hex>} is the HMAC-SHA256 over {@code
 * {webhook-id}.{webhook-timestamp}.{body}}, under the secret's text without its prefix (not decoded). Good for 300 s.
 */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";
    private static final Pattern TIMESTAMP = Pattern.compile("\\d{1,12}");
    private static final Pattern SIGNATURE = Pattern.compile("v3,([0-9a-f]{64})");
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private final SecretKeySpec key;

    WebhookSignature(String secret) {
        var text = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
        this.key = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** What is wrong with it: the header's name; empty when the message is the provider's, and new. */
    Optional<String> flaw(Map<String, String> headers, byte[] body, Instant now) {
        var id = headers.getOrDefault("webhook-id", "");
        var timestamp = headers.getOrDefault("webhook-timestamp", "");
        var signature = SIGNATURE.matcher(headers.getOrDefault("webhook-signature", ""));
        if (!TIMESTAMP.matcher(timestamp).matches()
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(GOOD_FOR)
                        > 0) {
            return Optional.of("webhook-timestamp");
        }
        return signature.matches()
                        && MessageDigest.isEqual(
                                HexFormat.of().parseHex(signature.group(1)), hmac(id + "." + timestamp + ".", body))
                ? Optional.empty()
                : Optional.of("webhook-signature");
    }

    private byte[] hmac(String head, byte[] body) {
        var signed = new ByteArrayOutputStream();
        signed.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(signed.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
