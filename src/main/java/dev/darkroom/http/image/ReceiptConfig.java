package dev.darkroom.http.image;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of the receipts of images. */
@ConfigMapping(prefix = "darkroom.receipt")
public interface ReceiptConfig {

    /** The secret with which receipts are signed; without one there are none. */
    Optional<String> key();
}
