package dev.darkroom.runtime.wiring;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of the usage counters. */
@ConfigMapping(prefix = "darkroom.usage")
interface UsageConfig {

    /** The names of metadata by which usage is counted, five at most, with commas between them. */
    Optional<String> metadata();
}
