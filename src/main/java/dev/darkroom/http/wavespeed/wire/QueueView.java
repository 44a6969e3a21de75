package dev.darkroom.http.wavespeed.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.core.ratelimit.QueuePosition;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * Where a request waits. Both are estimates, as {@code approximate} says; {@code estimatedStart} is ISO-8601, null when
 * it cannot be computed.
 */
@RegisterForReflection
record QueueView(
        long position,
        @JsonProperty("estimated_start") @Nullable String estimatedStart,
        boolean approximate) {

    static QueueView of(QueuePosition estimate) {
        return new QueueView(
                estimate.position(),
                estimate.startsAt().map(GenerationView.ISO::format).orElse(null),
                true);
    }
}
