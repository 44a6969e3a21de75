package dev.darkroom.http.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.archive.Origin;
import dev.darkroom.core.archive.ReceiptSigner;
import dev.darkroom.core.archive.SigningUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * Signs receipts of images as JSON Web Signatures, which every library for them verifies.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-3.1">RFC 7515, compact serialization</a>
 */
public final class Receipts {

    /** Has a type of its own, so that no receipt is taken for the token of a login that has the same key. */
    private static final String TYPE = "image-receipt+jws";

    private final Optional<ReceiptSigner> signer;
    private final InstantSource clock;

    /** Without a signer there are no receipts. */
    public Receipts(Optional<ReceiptSigner> signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
    }

    boolean areOn() {
        return signer.isPresent();
    }

    /**
     * The facts of an image in plain text, and the same facts signed. Only if they {@link #areOn}.
     *
     * @throws SigningUnavailableException when the key could not be used
     */
    ObjectNode of(Origin origin) {
        var facts = OriginView.of(origin).put("issued_at", OriginView.time(clock.instant()));
        var receipt = JsonNodeFactory.instance.objectNode();
        receipt.set("receipt", facts);
        return receipt.put("jws", signed(facts, signer.orElseThrow()));
    }

    private static String signed(ObjectNode facts, ReceiptSigner key) {
        var header = JsonNodeFactory.instance
                .objectNode()
                .put("alg", key.algorithm())
                .put("typ", TYPE)
                .put("kid", key.keyId());
        var text = encoded(header.toString().getBytes(StandardCharsets.UTF_8))
                + "."
                + encoded(facts.toString().getBytes(StandardCharsets.UTF_8));
        return text + "." + encoded(key.sign(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
