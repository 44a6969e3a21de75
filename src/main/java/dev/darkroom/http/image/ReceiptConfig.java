package dev.darkroom.http.image;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of the receipts of images. Without a key there are none; with both, the key of KMS signs. */
@ConfigMapping(prefix = "darkroom.receipt")
public interface ReceiptConfig {

    /** The secret with which receipts are signed. */
    Optional<String> key();

    /** The id or ARN of a key of KMS for signatures with the curve P-256, with which receipts are signed. */
    Optional<String> kmsKey();
}
