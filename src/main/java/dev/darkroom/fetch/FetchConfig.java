package dev.darkroom.fetch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the fetching of images. */
@ConfigMapping(prefix = "darkroom.fetch")
public interface FetchConfig {

    /** Whether images may also come from this machine, over http: only where the provider is simulated on it. */
    @WithDefault("false")
    boolean loopback();
}
