package dev.darkroom.provider.wavespeed.history;

import dev.darkroom.core.provider.ImageProvider.Search;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.provider.wavespeed.wire.PredictionInput;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Searches the provider's recent history. Searches in the same span share a listing for some seconds, because an outage
 * is followed by many searches.
 */
public final class PredictionHistory {

    private static final Duration CACHE_TTL = Duration.ofSeconds(2);

    /** Listings that are being read do not count: each of them belongs to a running step. */
    private static final int MAX_LISTINGS = 8;

    private final HistoryReader reader;
    private final InstantSource clock;
    private final Map<Span, CompletableFuture<Listing>> listings = new ConcurrentHashMap<>();

    public PredictionHistory(HistoryReader reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    public SearchOutcome search(Search search) {
        var listing = listing(Span.around(search.upstreamPath(), search.sentAt(), search.window()));
        var sent = PredictionInput.of(search.input());
        var candidates = listing.predictions().stream()
                .filter(prediction -> prediction.input().matches(sent))
                .sorted(Comparator.comparing(prediction -> prediction.distance(search.sentAt())))
                .map(HistoryEntry::id)
                .toList();
        if (candidates.isEmpty() && listing.failure().isPresent()) {
            return listing.failure().get();
        }
        long similar = listing.predictions().stream()
                .map(HistoryEntry::input)
                .filter(input -> input.hasSamePrompt(sent) && !input.matches(sent))
                .count();
        return new SearchOutcome.Found(candidates, listing.complete(), (int) similar);
    }

    /** The first search of a span reads the listing, the others wait for it. */
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
        if (listings.size() > MAX_LISTINGS) {
            listings.values().removeIf(CompletableFuture::isDone);
        }
    }

    private boolean isStale(CompletableFuture<Listing> listing) {
        return listing.isCompletedExceptionally()
                || (listing.isDone()
                        && !clock.instant().isBefore(listing.join().at().plus(CACHE_TTL)));
    }
}
