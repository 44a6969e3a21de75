package dev.darkroom.core.store;

/**
 * The stored row cannot be read: it was damaged, or written by another version of the gateway. An operator has to check
 * it.
 */
public final class UnreadableRowException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnreadableRowException(String id, RuntimeException cause) {
        super("the row %s cannot be read".formatted(id), cause);
    }
}
