package dev.darkroom.local.functions;

/** A function that ended with an error, as Lambda reports it. */
public final class FunctionException extends RuntimeException {

    private final String type;

    FunctionException(String type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    /** The {@code errorType}: a class name, or an error of Lambda's own, such as {@code Runtime.ExitError}. */
    public String type() {
        return type;
    }
}
