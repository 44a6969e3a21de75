package dev.darkroom.wavespeed;

import dev.darkroom.application.ImageProvider.Search;
import dev.darkroom.application.SearchOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Searches what the provider was sent lately. A listing is shared for some seconds by all searches in the same span: after an
 * outage they are many.
 */
final class History {

    private static final Duration FRESH = Duration.ofSeconds(2);

    /** Those that are being read are not counted: each of them belongs to a step that runs. */
    private static final int MOST_LISTINGS = 8;

    private final HistoryReader reader;
    private final InstantSource clock;
    private final Map<Span, CompletableFuture<Listing>> listings = new ConcurrentHashMap<>();

    History(HistoryReader reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    SearchOutcome search(Search search) {
        var listing = listing(Span.around(search.upstreamPath(), search.sentAt(), search.window()));
        var sent = PredictionInput.of(search.input());
        var candidates = listing.predictions().stream()
                .filter(prediction -> prediction.input().isMadeFrom(sent))
                .sorted(Comparator.comparing(prediction -> prediction.distance(search.sentAt())))
                .map(PastPrediction::id)
                .toList();
        if (candidates.isEmpty() && listing.failure().isPresent()) {
            return listing.failure().get();
        }
        long similar = listing.predictions().stream()
                .map(PastPrediction::input)
                .filter(input -> input.hasSamePrompt(sent) && !input.isMadeFrom(sent))
                .count();
        return new SearchOutcome.Found(candidates, listing.complete(), (int) similar);
    }

    /** The first search of a span reads it, the others wait for that. */
    private Listing listing(Span span) {
        forgetOld();
        var ours = new CompletableFuture<Listing>();
        var others = listings.putIfAbsent(span, ours);
        if (others != null) {
            return others.join();
        }
        try {
            ours.complete(reader.read(span));
        } catch (RuntimeException | Error e) {
            ours.completeExceptionally(e);
            throw e;
        }
        return ours.join();
    }

    private void forgetOld() {
        listings.values().removeIf(this::isStale);
        if (listings.size() > MOST_LISTINGS) {
            listings.values().removeIf(CompletableFuture::isDone);
        }
    }

    private boolean isStale(CompletableFuture<Listing> listing) {
        return listing.isCompletedExceptionally()
                || (listing.isDone()
                        && !clock.instant().isBefore(listing.join().at().plus(FRESH)));
    }
}
