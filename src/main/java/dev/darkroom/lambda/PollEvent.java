package dev.darkroom.lambda;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What starts {@code poll-generations}. With an id it advances that row; otherwise it sweeps.
 *
 * @param shards the shards to sweep, null for all
 * @param id of one generation
 */
public record PollEvent(
        @Nullable List<Integer> shards, @Nullable String id) {}
