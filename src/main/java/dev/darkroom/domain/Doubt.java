package dev.darkroom.domain;

import java.time.Instant;

/**
 * What the provider last said of a prediction, which is only believed when it says so for a while.
 *
 * @param since when it first said so, without saying anything else in between
 */
public record Doubt(Kind kind, Instant since) {

    /** What it says. */
    public enum Kind {
        /** It does not know the prediction. */
        NOT_FOUND,
        /** It has finished, without any output. */
        NO_OUTPUTS,
        /** It has finished, with outputs that are not understood. */
        OUTPUTS_UNREADABLE
    }
}
