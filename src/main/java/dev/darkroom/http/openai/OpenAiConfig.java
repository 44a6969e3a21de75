package dev.darkroom.http.openai;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of the dialect. */
@ConfigMapping(prefix = "darkroom.openai")
public interface OpenAiConfig {

    /** The model, or an alias of it, of a request that names none; empty: such a request is refused. */
    Optional<String> defaultModel();
}
