package dev.darkroom.http.wavespeed.listing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.darkroom.http.wavespeed.wire.GenerationView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list as callers see it.
 *
 * @param page the number that was asked for
 * @param nextCursor the gateway's own field; left out at the end of the list
 */
@RegisterForReflection
record ListView(
        int page,
        List<Item> items,

        @JsonProperty("next_cursor") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nextCursor) {

    /**
     * A generation in a list: all fields of a single one, and the provider's two fields of lists.
     *
     * @param executionTime in milliseconds, as the provider reports it; 0 until it is known
     * @param inputs JSON; left out unless it is asked for
     */
    @RegisterForReflection
    record Item(
            @JsonUnwrapped GenerationView generation,
            @JsonProperty("executionTime") long executionTime,

            @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String inputs) {}

    /** The body of a successful answer. */
    @RegisterForReflection
    record Envelope(int code, String message, ListView data) {}
}
