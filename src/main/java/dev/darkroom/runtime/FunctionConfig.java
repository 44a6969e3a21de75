package dev.darkroom.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.logging.Level;

/** Settings of the function that is starting. */
@ConfigMapping(prefix = "darkroom.function")
interface FunctionConfig {

    /** The handlers, by the names with which functions choose them. */
    enum Handler {
        SUBMIT_GENERATION,
        GET_GENERATION,
        POLL_GENERATIONS,
        START_GENERATION,
        RECEIVE_WEBHOOK,
        MANAGE_GENERATIONS,
        GET_IMAGE
    }

    /** A name that is not a handler's is reported before anything else is started. */
    Handler handler();

    /** {@code on-demand}, {@code provisioned-concurrency} or {@code snap-start}. */
    String initializationType();

    /** The lowest level at which our own events are logged. */
    @WithDefault("INFO")
    Level logLevel();
}
