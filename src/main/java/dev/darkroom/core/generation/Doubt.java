package dev.darkroom.core.generation;

import java.time.Instant;

/**
 * The provider's last answer about a prediction, which counts only after the provider has repeated it for a while.
 *
 * @param since when the provider first gave this answer, without another answer in between
 */
public record Doubt(Kind kind, Instant since) {

    /** What the provider answers. */
    public enum Kind {
        /** The provider does not know the prediction. */
        NOT_FOUND,
        /** The prediction has finished without any output. */
        NO_OUTPUTS,
        /** The prediction has finished with outputs that this gateway cannot read. */
        OUTPUTS_UNREADABLE
    }
}
