package dev.darkroom.provider.wavespeed.history;

import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.provider.wavespeed.wire.WaveSpeedResponse;
import java.util.List;
import java.util.Optional;

/**
 * A page of the provider's history.
 *
 * @param predictions those with an id
 * @param items how many entries there were
 * @param total how many the whole list has, if the provider says so
 * @param bytes how large the answer was
 */
record HistoryPage(List<HistoryEntry> predictions, int items, Optional<Long> total, int bytes) {

    /** Empty when the outcome is not a page. Without entries the provider writes null for the list. */
    static Optional<HistoryPage> of(HttpOutcome outcome) {
        if (!(outcome instanceof HttpOutcome.Answered answered)) {
            return Optional.empty();
        }
        var answer = WaveSpeedResponse.of(answered);
        var data = answer.envelope().path("data");
        var items = data.path("items");
        if (!answer.isSuccess() || !(items.isArray() || items.isNull())) {
            return Optional.empty();
        }
        return Optional.of(new HistoryPage(
                items.valueStream()
                        .flatMap(item -> HistoryEntry.of(item).stream())
                        .toList(),
                items.size(),
                Optional.of(data.path("total"))
                        .filter(total -> total.isIntegralNumber())
                        .map(total -> total.longValue()),
                answered.body().length));
    }
}
