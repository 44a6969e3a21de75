package dev.darkroom.wavespeed;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of the provider adapter; its addresses and time limits are the REST client's own settings. */
@ConfigMapping(prefix = "darkroom.wavespeed")
interface WaveSpeedConfig {

    /** The provider's key. Functions that never call the provider have none. */
    Optional<String> apiKey();
}
