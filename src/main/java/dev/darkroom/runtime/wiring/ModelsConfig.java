package dev.darkroom.runtime.wiring;

import dev.darkroom.jsonschema.UnknownParameters;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of the catalogue. */
@ConfigMapping(prefix = "darkroom.models")
interface ModelsConfig {

    /** Which model draws in place of which: {@code path=model,path=model}. */
    Optional<String> aliases();

    /** What becomes of a parameter that the model does not have. */
    @WithDefault("refuse")
    UnknownParameters unknownParameters();
}
