package dev.darkroom.core.archive;

/** The archive did not answer, or refused for a temporary reason: a retry may help. */
public final class ArchiveUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ArchiveUnavailableException(String message) {
        super(message);
    }

    public ArchiveUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
