package dev.darkroom.application;

/** The store did not answer, or refused for a reason that is not in the request: worth trying again. */
public final class StoreUnavailableException extends RuntimeException {

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
