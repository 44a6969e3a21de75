package dev.darkroom.http.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.archive.Origin;
import dev.darkroom.core.text.Sha256;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs receipts of images as JSON Web Signatures, which every library for them verifies. The header names the key by
 * the beginning of the key's SHA-256, so that a receipt can be verified after the key was replaced.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-3.1">RFC 7515, compact serialization</a>
 */
@Singleton
public class Receipts {

    private static final String HMAC = "HmacSHA256";

    /** Has a type of its own, so that no receipt is taken for the token of a login that has the same secret. */
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"image-receipt+jws\",\"kid\":\"%s\"}";

    private static final int KEY_ID_DIGITS = 16;

    private final Optional<String> key;
    private final InstantSource clock;

    public Receipts(ReceiptConfig config, InstantSource clock) {
        this.key = config.key().map(String::strip).filter(secret -> !secret.isEmpty());
        this.clock = clock;
    }

    boolean areOn() {
        return key.isPresent();
    }

    /** The facts of an image in plain text, and the same facts signed. Only if they {@link #areOn}. */
    ObjectNode of(Origin origin) {
        var facts = OriginView.of(origin).put("issued_at", OriginView.time(clock.instant()));
        var receipt = JsonNodeFactory.instance.objectNode();
        receipt.set("receipt", facts);
        return receipt.put("jws", signed(facts.toString(), key.orElseThrow()));
    }

    private static String signed(String payload, String secret) {
        var text = encoded(HEADER.formatted(keyId(secret)).getBytes(StandardCharsets.UTF_8))
                + "."
                + encoded(payload.getBytes(StandardCharsets.UTF_8));
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return text + "." + encoded(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static String keyId(String secret) {
        var digest = Sha256.digest().digest(secret.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, KEY_ID_DIGITS);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
