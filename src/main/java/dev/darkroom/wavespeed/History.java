package dev.darkroom.wavespeed;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.application.ImageProvider.Search;
import dev.darkroom.application.SearchOutcome;
import dev.darkroom.application.SearchWindow;
import jakarta.ws.rs.ProcessingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What the provider was sent lately, one span of time at a time. A listing is shared for some seconds by all rows that look
 * for theirs in the same span: after an outage they are many.
 *
 * @see <a href="https://wavespeed.ai/docs/docs-common-api/predictions">Predictions API</a>
 */
final class History {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration FRESH = Duration.ofSeconds(2);
    /** No page is asked for after that, because a sweep's step must not last for ever. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int PAGE = 100;

    private final Function<String, Answer> list;
    private final Classifier classifier;
    private final InstantSource clock;
    private final Map<Span, CompletableFuture<Listing>> listings = new ConcurrentHashMap<>();

    /** {@code list} sends a filter, JSON, and gives back the answer. */
    History(Function<String, Answer> list, Classifier classifier, InstantSource clock) {
        this.list = list;
        this.classifier = classifier;
        this.clock = clock;
    }

    /** Begins at a round time, so that neighbours share it. */
    private record Span(String model, Instant from, Duration length) {

        /** In a minute of 3,000 submissions the near one has twenty pages. */
        static Span around(String model, Instant sentAt, SearchWindow window) {
            return switch (window) {
                case NARROW -> new Span(model, round(sentAt.minusSeconds(5), 10), Duration.ofSeconds(40));
                case WIDE -> new Span(model, round(sentAt.minusSeconds(60), 60), Duration.ofMinutes(4));
            };
        }

        private static Instant round(Instant time, int seconds) {
            return Instant.ofEpochSecond(time.getEpochSecond() / seconds * seconds);
        }
    }

    /** {@code refusal} is there when there is no whole list. */
    private record Listing(Instant at, List<PastPrediction> predictions, Optional<SearchOutcome> refusal) {}

    SearchOutcome search(Search search) {
        var listing = listing(Span.around(search.upstreamPath(), search.sentAt(), search.window()));
        return listing.refusal().orElseGet(() -> {
            var wanted = PastPrediction.input(search.input());
            return new SearchOutcome.Found(listing.predictions().stream()
                    .filter(prediction -> prediction.isMadeFrom(wanted))
                    .sorted(Comparator.comparing(prediction -> prediction.distance(search.sentAt())))
                    .flatMap(prediction -> prediction.id().stream())
                    .toList());
        });
    }

    /** The first to come reads, the others wait for it. */
    private Listing listing(Span span) {
        listings.values().removeIf(this::isStale);
        var mine = new CompletableFuture<Listing>();
        var others = listings.putIfAbsent(span, mine);
        if (others != null) {
            return others.join();
        }
        try {
            mine.complete(read(span));
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        }
        return mine.join();
    }

    private boolean isStale(CompletableFuture<Listing> listing) {
        return listing.isCompletedExceptionally()
                || (listing.isDone()
                        && !clock.instant().isBefore(listing.join().at().plus(FRESH)));
    }

    private Listing read(Span span) {
        try {
            return readPages(span);
        } catch (ProcessingException e) {
            return refused(new SearchOutcome.Unavailable(null, Classifier.reason(e)));
        }
    }

    private Listing readPages(Span span) {
        var predictions = new ArrayList<PastPrediction>();
        var until = clock.instant().plus(LONGEST);
        for (int page = 1; clock.instant().isBefore(until); page++) {
            var answer = list.apply(filter(span, page));
            var items = answer.envelope().path("data").path("items");
            if (!answer.isSuccess() || !items.isArray()) {
                return refused(classifier.notListed(answer));
            }
            items.forEach(item -> predictions.add(new PastPrediction(item)));
            if (items.size() < PAGE) {
                return new Listing(clock.instant(), List.copyOf(predictions), Optional.empty());
            }
        }
        // Half a list would say of what is in the other half that it does not exist.
        return refused(new SearchOutcome.Found(List.of(), false, 0));
    }

    private Listing refused(SearchOutcome outcome) {
        return new Listing(clock.instant(), List.of(), Optional.of(outcome));
    }

    private static String filter(Span span, int page) {
        return JSON.createObjectNode()
                .put("page", page)
                .put("page_size", PAGE)
                .put("model", span.model())
                .put("created_after", span.from().toString())
                .put("created_before", span.from().plus(span.length()).toString())
                .toString();
    }
}
