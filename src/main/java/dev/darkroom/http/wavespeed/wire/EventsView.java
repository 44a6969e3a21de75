package dev.darkroom.http.wavespeed.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.core.generation.EventLog;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.http.CostView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of a generation as callers see them.
 *
 * @param createdAt ISO-8601, always with milliseconds
 * @param events in the order in which they were recorded, at most 20
 * @param dropped how many events are missing after the fifth
 * @param cost only there when the model has a price
 */
@RegisterForReflection
public record EventsView(
        String id,
        String status,
        @JsonProperty("created_at") String createdAt,
        GenerationView.Timings timings,
        List<Event> events,
        int dropped,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CostView cost) {

    /**
     * An event.
     *
     * @param at ISO-8601, always with milliseconds
     * @param after milliseconds since the event before, 0 for the first; negative when the clocks of two processes
     *     differ
     */
    @RegisterForReflection
    public record Event(String event, String at, long after) {}

    public static EventsView of(Generation generation) {
        var log = generation.events();
        var inference = generation.state() instanceof State.Completed completed
                ? completed.inference().toMillis()
                : 0;
        return new EventsView(
                generation.id().value(),
                GenerationView.status(generation.state().status()),
                GenerationView.ISO.format(generation.createdAt()),
                new GenerationView.Timings(inference),
                events(log),
                log.dropped(),
                CostView.of(generation));
    }

    private static List<Event> events(EventLog log) {
        var events = new ArrayList<Event>();
        for (var entry : log.entries()) {
            var before = log.entries().get(Math.max(0, events.size() - 1)).at();
            events.add(new Event(
                    entry.event().title(),
                    GenerationView.ISO.format(entry.at()),
                    Duration.between(before, entry.at()).toMillis()));
        }
        return events;
    }
}
