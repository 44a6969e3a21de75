package dev.darkroom.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the sweep. */
@ConfigMapping(prefix = "darkroom.sweep")
public interface SweepConfig {

    /** The name of the function that sweeps; without it no sweep is triggered and rows wait for the schedule. */
    Optional<String> function();

    /** The name of the function that sweeps shards as long as few rows are due in them; without it, the same one. */
    Optional<String> fewFunction();

    /** Whether this is the function for few rows, which hands a shard with more over to the other one. */
    @WithDefault("false")
    boolean few();

    /**
     * How long a sweep works at most; a shorter time limit of the function takes precedence. The default is a little
     * less than four intervals of the schedule, so that the next sweep takes over at once.
     */
    @WithDefault("PT3M58S")
    Duration window();

    /** How long a sweep that died blocks its shard. */
    @WithDefault("PT15S")
    Duration lease();

    /** How many steps run at once in a shard, at most; fewer when there are more than four shards. */
    @WithDefault("64")
    int concurrency();
}
