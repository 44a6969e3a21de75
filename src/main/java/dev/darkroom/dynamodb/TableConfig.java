package dev.darkroom.dynamodb;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the table. */
@ConfigMapping(prefix = "darkroom.table")
public interface TableConfig {

    /** The table's name. */
    @WithDefault("darkroom-generations")
    String name();

    /** How many shards the index of due rows has, 1 or more; one for each 500 writes a second. */
    @WithDefault("1")
    int shards();

    /** How long a finished row is kept. */
    @WithDefault("P30D")
    Duration retention();
}
