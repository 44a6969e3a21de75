package dev.darkroom.provider.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.TestClock;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.ImageProvider.Search;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SearchWindow;
import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.provider.wavespeed.history.HistoryReader;
import dev.darkroom.provider.wavespeed.history.PredictionHistory;
import dev.darkroom.provider.wavespeed.wire.OutcomeClassifier;
import dev.darkroom.provider.wavespeed.wire.ProviderJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A match in a part of the history counts; that there is no match is known only from the whole history. */
class PartialHistoryTest {

    private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(5);
    private static final HttpOutcome OUT = answered(503, "");
    private static final HttpOutcome UNANSWERED = new HttpOutcome.Unanswered("no answer in time");
    private static final HttpOutcome BROKEN = new HttpOutcome.Broken("reset");
    private static final SearchOutcome.Found NOTHING_AT_ALL = new SearchOutcome.Found(List.of(), true, 0);
    private static final SearchOutcome.Found NOTHING_SO_FAR = new SearchOutcome.Found(List.of(), false, 0);

    private final TestClock clock = new TestClock();
    private final List<Duration> timeouts = new ArrayList<>();

    /** Searches these pages, from the first on; all later pages are empty. */
    private SearchOutcome search(HttpOutcome... pages) {
        return search((number, _) -> number <= pages.length ? pages[number - 1] : page(""));
    }

    private interface Provider {
        HttpOutcome page(int number, int size);
    }

    private SearchOutcome search(Provider provider) {
        HistoryReader.Pages pages = (filter, timeout) -> {
            timeouts.add(timeout);
            var asked = ProviderJson.read(filter);
            return provider.page(
                    asked.path("page").intValue(), asked.path("page_size").intValue());
        };
        var reader = new HistoryReader(pages, new OutcomeClassifier(clock), PAGE_TIMEOUT, clock);
        return new PredictionHistory(reader, clock)
                .search(new Search(
                        ProviderAt.ROW,
                        ProviderAt.PATH,
                        "{\"prompt\":\"a cat\"}",
                        clock.instant(),
                        SearchWindow.NARROW));
    }

    @Test
    void aMatchBeforeAPageThatFailsIsFound() {
        assertThat(search(page(full(0), cat("p1")), OUT)).isEqualTo(found(false, "p1"));
        assertThat(search(page(full(0), cat("p1")), BROKEN)).isEqualTo(found(false, "p1"));
    }

    @Test
    void withoutAMatchThePageThatFailsDecides() {
        assertThat(search(page(full(0)), OUT)).isInstanceOf(SearchOutcome.Unavailable.class);
        assertThat(search(page(full(0)), BROKEN)).isInstanceOf(SearchOutcome.Unclear.class);
        assertThat(search(OUT)).isInstanceOf(SearchOutcome.Unavailable.class);
        assertThat(search(BROKEN)).isInstanceOf(SearchOutcome.Unclear.class);
    }

    @Test
    void aMatchInAHistoryThatIsTooLongIsFound() {
        assertThat(search((number, _) -> {
                    clock.advance(Duration.ofSeconds(1));
                    return number == 1 ? page(full(0), cat("p1")) : page(full(number));
                }))
                .isEqualTo(found(false, "p1"));
    }

    @Test
    void aHistoryThatIsTooLongSaysNothingOfWhatWasNotListed() {
        assertThat(search((number, _) -> {
                    clock.advance(Duration.ofSeconds(1));
                    return page(full(number));
                }))
                .isEqualTo(NOTHING_SO_FAR);
    }

    @Test
    void noPageMayTakeLongerThanIsLeftForAll() {
        search((number, _) -> {
            clock.advance(Duration.ofSeconds(3));
            return page(full(number));
        });

        assertThat(timeouts).containsExactly(PAGE_TIMEOUT, PAGE_TIMEOUT, Duration.ofSeconds(4), Duration.ofSeconds(1));
    }

    @Test
    void aSlowHistoryIsNotAnOutage() {
        assertThat(search((number, _) -> {
                    clock.advance(number < 3 ? Duration.ofMillis(4_500) : Duration.ofSeconds(1));
                    return number < 3 ? page(full(number)) : UNANSWERED;
                }))
                .isEqualTo(NOTHING_SO_FAR);
        assertThat(search(UNANSWERED)).isInstanceOf(SearchOutcome.Unavailable.class);
    }

    @Test
    void aPageThatIsShorterThanWasAskedForIsNotTheLast() {
        assertThat(search(page(dog("p0")), page(dog("p1")), page(cat("p2")))).isEqualTo(found(true, "p2"));
    }

    @Test
    void anEmptyPageIsTheLast() {
        assertThat(search(page(dog("p0")), page(""), page(cat("p2")))).isEqualTo(NOTHING_AT_ALL);
        assertThat(search(page(dog("p0")), answered(200, "{\"data\":{\"items\":null}}"), page(cat("p2"))))
                .isEqualTo(NOTHING_AT_ALL);
    }

    @Test
    void theTotalIsTheEndToo() {
        assertThat(search(pageOf(2, dog("p0")), pageOf(2, cat("p1")))).isEqualTo(found(true, "p1"));
        assertThat(timeouts).hasSize(2);
    }

    @Test
    void aTotalThatEqualsTheFullPageIsNotTrusted() {
        assertThat(search(pageOf(100, full(0)), pageOf(1, cat("p1")))).isEqualTo(found(true, "p1"));
    }

    @Test
    void whenTheTotalNamesMoreThanIsShownTheRestMayExist() {
        assertThat(search(pageOf(7, dog("p0")))).isEqualTo(NOTHING_SO_FAR);
        assertThat(search(pageOf(7, ""))).isEqualTo(NOTHING_SO_FAR);
    }

    @Test
    void aProviderThatIgnoresThePageNumberIsAskedTwice() {
        assertThat(search((_, _) -> page(dog("p0")))).isEqualTo(NOTHING_AT_ALL);
        assertThat(timeouts).hasSize(2);
    }

    @Test
    void aFullPageThatIsRepeatedMayHideOthers() {
        assertThat(search((_, _) -> page(full(0)))).isEqualTo(NOTHING_SO_FAR);
        assertThat(timeouts).hasSize(2);
    }

    @Test
    void whatIsOnTwoPagesIsOneCandidate() {
        assertThat(search(page(full(0), cat("p1")), page(cat("p1"), dog("p2")))).isEqualTo(found(true, "p1"));
    }

    @Test
    void aPageThatIsTooLargeIsAskedForInSmallerParts() {
        var tooLarge = new HttpOutcome.TooLarge(200, new byte[0], "too large");
        IntUnaryOperator sizeOf = entry -> entry == 42 ? 2 : 0;
        Provider withAnImageAt42 = (number, size) -> {
            int first = (number - 1) * size;
            var entries = IntStream.range(first, Math.min(first + size, 50)).toArray();
            return IntStream.of(entries).map(sizeOf).sum() > 0
                    ? tooLarge
                    : page(IntStream.of(entries)
                            .mapToObj(entry -> entry == 47 ? cat("p47") : dog("p" + entry))
                            .collect(Collectors.joining(",")));
        };

        assertThat(search(withAnImageAt42)).isEqualTo(found(false, "p47"));
    }

    @Test
    void aProviderWhosePagesAreAllTooLargeIsAskedAFewTimesOnly() {
        assertThat(search((_, _) -> new HttpOutcome.TooLarge(200, new byte[0], "too large")))
                .isInstanceOf(SearchOutcome.Unclear.class);
        assertThat(timeouts).hasSizeLessThan(10);
    }

    @Test
    void anAnswerOfHugeNumbersCostsNothing() {
        var entry = "{\"id\":\"p0\",\"input\":{\"prompt\":\"a cat\",\"seed\":1e999999999,\"num_images\":-1e40000000}}";

        assertThat(search(pageOf(1, entry))).isEqualTo(new SearchOutcome.Found(List.of(), true, 1));
    }

    @Test
    void predictionsOfTheSamePromptWithOtherFieldsAreCounted() {
        assertThat(search(pageOf(
                        3,
                        "{\"id\":\"p0\",\"input\":{\"prompt\":\"a cat \",\"negative_prompt\":\"dogs\"}}",
                        dog("p1"),
                        cat("p2"))))
                .isEqualTo(new SearchOutcome.Found(List.of(new PredictionId("p2")), true, 1));
    }

    private static SearchOutcome found(boolean complete, String id) {
        return new SearchOutcome.Found(List.of(new PredictionId(id)), complete, 0);
    }

    private static String full(int page) {
        return IntStream.range(0, 100)
                .mapToObj(entry -> dog("full-%d-%d".formatted(page, entry)))
                .collect(Collectors.joining(","));
    }

    private static String cat(String id) {
        return "{\"id\":\"%s\",\"input\":{\"prompt\":\"a cat\"}}".formatted(id);
    }

    private static String dog(String id) {
        return "{\"id\":\"%s\",\"input\":{\"prompt\":\"a dog\"}}".formatted(id);
    }

    private static HttpOutcome page(String... entries) {
        return answered(200, "{\"data\":{\"items\":[%s]}}".formatted(String.join(",", entries)));
    }

    private static HttpOutcome pageOf(int total, String... entries) {
        return answered(200, "{\"data\":{\"items\":[%s],\"total\":%d}}".formatted(String.join(",", entries), total));
    }

    private static HttpOutcome answered(int status, String body) {
        return new HttpOutcome.Answered(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }
}
