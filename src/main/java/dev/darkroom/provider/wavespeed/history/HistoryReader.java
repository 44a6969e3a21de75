package dev.darkroom.provider.wavespeed.history;

import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.provider.wavespeed.wire.OutcomeClassifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Reads a span of the provider's history page by page.
 *
 * @see <a href="https://wavespeed.ai/docs/docs-common-api/predictions">Predictions API</a>
 */
public final class HistoryReader {

    /** Requests a page by its filter, JSON. */
    @FunctionalInterface
    public interface Pages {
        HttpOutcome list(String filter, Duration timeout);
    }

    /** For all pages together, because a sweep's step must not last longer. */
    private static final Duration MAX_TIME = Duration.ofSeconds(10);

    private static final int PAGE_SIZE = 100;

    private final Pages pages;
    private final OutcomeClassifier classifier;
    private final Duration pageTimeout;
    private final InstantSource clock;

    public HistoryReader(Pages pages, OutcomeClassifier classifier, Duration pageTimeout, InstantSource clock) {
        this.pages = pages;
        this.classifier = classifier;
        this.pageTimeout = pageTimeout;
        this.clock = clock;
    }

    Listing read(Span span) {
        return read(span, PAGE_SIZE, clock.instant().plus(MAX_TIME));
    }

    private Listing read(Span span, int pageSize, Instant until) {
        var listing = new GrowingListing(pageSize);
        for (int number = 1; listing.mayGrow() && clock.instant().isBefore(until); number++) {
            var timeout = timeout(until);
            var outcome = pages.list(span.filter(number, pageSize), timeout);
            if (outcome instanceof HttpOutcome.Unanswered && number > 1 && timeout.compareTo(pageTimeout) < 0) {
                // Our time is up, which says nothing about the provider.
                break;
            }
            if (outcome instanceof HttpOutcome.TooLarge && pageSize > 1) {
                // One entry with an image in it must not hide the others.
                return read(span, pageSize / 10, until);
            }
            if (outcome instanceof HttpOutcome.TooLarge && listing.skip()) {
                continue;
            }
            var page = HistoryPage.of(outcome);
            if (page.isEmpty()) {
                return listing.brokenOff(clock.instant(), classifier.notListed(outcome));
            }
            listing.add(page.get());
        }
        return listing.at(clock.instant());
    }

    private Duration timeout(Instant until) {
        var left = Duration.between(clock.instant(), until);
        return left.compareTo(pageTimeout) < 0 ? left : pageTimeout;
    }
}
