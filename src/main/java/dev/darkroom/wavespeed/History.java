package dev.darkroom.wavespeed;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.application.FindOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What the provider was sent lately, a few minutes at a time. A listing is shared for some seconds by all rows that look for
 * theirs in the same minutes: after an outage they are many.
 *
 * @see <a href="https://wavespeed.ai/docs/docs-common-api/predictions">Predictions API</a>
 */
final class History {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration BEFORE = Duration.ofMinutes(1);
    private static final Duration AFTER = Duration.ofMinutes(3);
    /** No page is asked for after that, because a sweep's step must not last for ever. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int PAGE = 100;

    private static final FindOutcome TOO_LONG = new FindOutcome.Unavailable(null, "the list is too long");

    private final Function<String, Answer> list;
    private final Classifier classifier;
    private final InstantSource clock;
    private final Map<Minutes, Listing> listings = new ConcurrentHashMap<>();

    /** {@code list} sends a filter, JSON, and gives back the answer. */
    History(Function<String, Answer> list, Classifier classifier, InstantSource clock) {
        this.list = list;
        this.classifier = classifier;
        this.clock = clock;
    }

    private record Minutes(String model, Instant first) {}

    /** {@code refusal} is there when the provider could not say. */
    private record Listing(Instant at, List<PastPrediction> predictions, Optional<FindOutcome> refusal) {}

    FindOutcome find(String upstreamPath, String input, Instant sentAt) {
        var listing = listing(new Minutes(upstreamPath, sentAt.minus(BEFORE).truncatedTo(ChronoUnit.MINUTES)));
        return listing.refusal().orElseGet(() -> {
            var wanted = PastPrediction.input(input);
            return new FindOutcome.Found(listing.predictions().stream()
                    .filter(prediction -> prediction.isMadeFrom(wanted))
                    .sorted(Comparator.comparing(prediction -> prediction.distance(sentAt)))
                    .flatMap(prediction -> prediction.id().stream())
                    .toList());
        });
    }

    private Listing listing(Minutes minutes) {
        listings.values().removeIf(listing -> !isFresh(listing));
        return listings.computeIfAbsent(minutes, this::read);
    }

    private boolean isFresh(Listing listing) {
        return clock.instant().isBefore(listing.at().plus(FRESH));
    }

    private Listing read(Minutes minutes) {
        var predictions = new ArrayList<PastPrediction>();
        var until = clock.instant().plus(LONGEST);
        for (int page = 1; clock.instant().isBefore(until); page++) {
            var answer = list.apply(filter(minutes, page));
            var items = answer.envelope().path("data").path("items");
            if (!answer.isSuccess() || !items.isArray()) {
                return new Listing(clock.instant(), List.of(), Optional.of(classifier.notListed(answer)));
            }
            items.forEach(item -> predictions.add(new PastPrediction(item)));
            if (items.size() < PAGE) {
                return new Listing(clock.instant(), List.copyOf(predictions), Optional.empty());
            }
        }
        // Half a list would say of what is in the other half that it does not exist.
        return new Listing(clock.instant(), List.of(), Optional.of(TOO_LONG));
    }

    private static String filter(Minutes minutes, int page) {
        return JSON.createObjectNode()
                .put("page", page)
                .put("page_size", PAGE)
                .put("model", minutes.model())
                .put("created_after", minutes.first().toString())
                .put("created_before", minutes.first().plus(BEFORE).plus(AFTER).toString())
                .toString();
    }
}
