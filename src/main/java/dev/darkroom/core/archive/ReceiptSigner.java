package dev.darkroom.core.archive;

/**
 * Signs receipts of images, as JSON Web Signatures need it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.1">RFC 7518, algorithms</a>
 */
public interface ReceiptSigner {

    /** The name of the algorithm, such as {@code HS256}. */
    String algorithm();

    /** Names the key, so that a receipt can be verified after another key has replaced it. Printable ASCII. */
    String keyId();

    /**
     * The signature of the text in the form of the algorithm.
     *
     * @throws SigningUnavailableException when the key could not be used
     */
    byte[] sign(byte[] text);
}
