package dev.darkroom.errors;

/** The store did not answer, or refused for a reason that is not in the request: a retry may help. */
public final class StoreUnavailableException extends RuntimeException {

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
