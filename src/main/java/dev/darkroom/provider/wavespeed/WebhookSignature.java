package dev.darkroom.provider.wavespeed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How the provider signs its webhooks. {@code webhook-signature: v3,<hex>} is the HMAC-SHA256 over {@code
 * {webhook-id}.{webhook-timestamp}.{body}}. The key is the secret's text without its prefix, not decoded. A signature
 * is valid for 300 s. While a secret is replaced, the header may have a list of signatures, and two secrets are valid.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";
    private static final Pattern TIMESTAMP = Pattern.compile("\\d{1,12}");
    private static final Pattern SIGNATURE = Pattern.compile("(?<![^\\s,])v3,([0-9a-f]{64})(?![^\\s,])");
    private static final int MAX_SIGNATURES = 10;
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final List<SecretKeySpec> keys;

    /** {@code secrets} are the valid ones, at least one. */
    WebhookSignature(List<String> secrets) {
        this.keys = secrets.stream().map(WebhookSignature::key).toList();
    }

    private static SecretKeySpec key(String secret) {
        var text = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
        return new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** The name of the header that is wrong; empty when the webhook is the provider's, and recent. */
    Optional<String> flaw(Map<String, String> headers, byte[] body, Instant now) {
        var id = headers.getOrDefault("webhook-id", "");
        var timestamp = headers.getOrDefault("webhook-timestamp", "");
        if (!TIMESTAMP.matcher(timestamp).matches()
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(TOLERANCE)
                        > 0) {
            return Optional.of("webhook-timestamp");
        }
        var signatures = SIGNATURE
                .matcher(headers.getOrDefault("webhook-signature", ""))
                .results()
                .limit(MAX_SIGNATURES)
                .map(match -> HexFormat.of().parseHex(match.group(1)))
                .toList();
        return keys.stream().anyMatch(key -> isAmong(signatures, hmac(key, id + "." + timestamp + ".", body)))
                ? Optional.empty()
                : Optional.of("webhook-signature");
    }

    private static boolean isAmong(List<byte[]> signatures, byte[] expected) {
        return signatures.stream().anyMatch(signature -> MessageDigest.isEqual(signature, expected));
    }

    private static byte[] hmac(SecretKeySpec key, String head, byte[] body) {
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
