package dev.darkroom.core.provider;

/** A secret cannot be read now. The message names the secret and contains nothing of its value. */
public final class SecretUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String reason;

    public SecretUnavailableException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** The message, which this exception always has. */
    public String reason() {
        return reason;
    }
}
