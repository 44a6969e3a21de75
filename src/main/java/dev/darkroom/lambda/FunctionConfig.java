package dev.darkroom.lambda;

import io.smallrye.config.ConfigMapping;
import java.util.logging.Level;

/** What Lambda says about the function that is starting. */
@ConfigMapping(prefix = "darkroom.function")
interface FunctionConfig {

    /** The handlers, by the names that functions choose them by. */
    enum Handler {
        SUBMIT_GENERATION,
        GET_GENERATION,
        POLL_GENERATIONS,
        START_GENERATION,
        AUTHORIZE,
        RECEIVE_WEBHOOK
    }

    /** A name that is no handler's is said so before anything else is started. */
    Handler handler();

    /** {@code on-demand}, {@code provisioned-concurrency} or {@code snap-start}. */
    String initializationType();

    /** From which level on our own events are logged. */
    Level logLevel();
}
