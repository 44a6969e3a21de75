package dev.darkroom.provider.wavespeed.history;

import dev.darkroom.core.provider.SearchWindow;
import dev.darkroom.provider.wavespeed.wire.ProviderJson;
import java.time.Duration;
import java.time.Instant;

/**
 * A time span of the provider's history for one model. It begins at a round time, so that calls of about the same time
 * share a listing.
 */
record Span(String model, Instant from, Duration length) {

    /** In a minute of 3,000 submissions the narrow span has twenty pages. */
    static Span around(String model, Instant sentAt, SearchWindow window) {
        return switch (window) {
            case NARROW -> new Span(model, round(sentAt.minusSeconds(5), 10), Duration.ofSeconds(40));
            case WIDE -> new Span(model, round(sentAt.minusSeconds(60), 60), Duration.ofMinutes(4));
        };
    }

    /** The filter for one page of the span, JSON; the first page is 1. */
    String filter(int page, int pageSize) {
        return ProviderJson.object()
                .put("page", page)
                .put("page_size", pageSize)
                .put("model", model)
                .put("created_after", from.toString())
                .put("created_before", from.plus(length).toString())
                .toString();
    }

    private static Instant round(Instant time, int seconds) {
        return Instant.ofEpochSecond(time.getEpochSecond() / seconds * seconds);
    }
}
