package dev.darkroom.jsonschema;

/** What becomes of a parameter that the model does not have. */
public enum UnknownParameters {
    /** The request is refused, so that nothing is paid for that is not as the parameter asked. */
    REFUSE,

    /** The parameter is left out, with a warning in the answer. */
    IGNORE
}
