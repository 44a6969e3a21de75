package dev.darkroom.models;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** Settings of the catalogue. */
@ConfigMapping(prefix = "darkroom.models")
public interface ModelsConfig {

    /** Models to lead to another path of the provider: {@code model=path;model=path}. */
    Map<String, String> upstreamPaths();
}
