package dev.darkroom.lambda;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What starts {@code poll-generations}. With an id it advances that row; otherwise it sweeps.
 *
 * @param shards the shards to sweep; null or empty for all
 * @param due rows in them that the index may not show yet
 * @param id of one generation
 */
public record PollEvent(
        @Nullable List<Integer> shards,
        @Nullable List<Due> due,
        @Nullable String id) {

    /**
     * A row and when it is due.
     *
     * @param at in milliseconds since 1970
     */
    public record Due(@Nullable String id, long at) {}
}
