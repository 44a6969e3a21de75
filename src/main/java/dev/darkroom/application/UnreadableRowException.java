package dev.darkroom.application;

/** The stored row cannot be read: it was damaged, or written by a version that is not this one. An operator has to see it. */
public final class UnreadableRowException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnreadableRowException(String id, RuntimeException cause) {
        super("the row %s cannot be read".formatted(id), cause);
    }
}
