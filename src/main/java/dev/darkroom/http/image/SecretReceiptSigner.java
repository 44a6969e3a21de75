package dev.darkroom.http.image;

import dev.darkroom.core.archive.ReceiptSigner;
import dev.darkroom.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs with a secret, which a verifier needs too. The key's name is the beginning of its SHA-256. */
public final class SecretReceiptSigner implements ReceiptSigner {

    private static final String HMAC = "HmacSHA256";
    private static final int KEY_ID_DIGITS = 16;

    private final byte[] secret;

    /** {@code secret} has at least 32 characters, because a shorter one can be found from a receipt. */
    public SecretReceiptSigner(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String algorithm() {
        return "HS256";
    }

    @Override
    public String keyId() {
        return HexFormat.of().formatHex(Sha256.digest().digest(secret)).substring(0, KEY_ID_DIGITS);
    }

    @Override
    public byte[] sign(byte[] text) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
