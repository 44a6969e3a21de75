package dev.darkroom.core.store;

/** The store refused the request itself, for example because the row is too large: a retry does not help. */
public final class StoreRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StoreRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
