package dev.darkroom.core.archive;

/** The key of the receipts could not be used. */
public final class SigningUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SigningUnavailableException(String message) {
        super(message);
    }
}
