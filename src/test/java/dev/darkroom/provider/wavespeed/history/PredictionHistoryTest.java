package dev.darkroom.provider.wavespeed.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.core.TestClock;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.ImageProvider.Search;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SearchWindow;
import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.provider.wavespeed.wire.OutcomeClassifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The history of a provider that gets 3,000 predictions a minute and takes 0.3 s for a page. */
class PredictionHistoryTest {

    private static final GenerationId ROW = new GenerationId("0123456789abcdef0123456789abcdef");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final long PER_SECOND = 50;

    private final TestClock clock = new TestClock();
    private final AtomicInteger pages = new AtomicInteger();
    private final PredictionHistory history = new PredictionHistory(
            new HistoryReader(this::page, new OutcomeClassifier(clock), Duration.ofSeconds(5), clock), clock);

    @Test
    void aCallIsFoundInABusyMinute() {
        assertThat(find(417, SearchWindow.NARROW))
                .isEqualTo(new SearchOutcome.Found(List.of(new PredictionId("p20850"))));
    }

    @Test
    void anIncompleteListingDoesNotProveAbsence() {
        assertThat(find(417, SearchWindow.WIDE)).isEqualTo(new SearchOutcome.Found(List.of(), false, 0));
    }

    @Test
    void concurrentSearchesOfTheSameTimeShareOneListing() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<SearchOutcome> search = () -> find(417, SearchWindow.NARROW);
            var found = threads.invokeAll(
                    IntStream.range(0, 50).mapToObj(_ -> search).toList());

            assertThat(found).allSatisfy(one -> assertThat(one.get()).isInstanceOf(SearchOutcome.Found.class));
        }
        assertThat(pages).hasValue(21);
    }

    private SearchOutcome find(long second, SearchWindow window) {
        var input = "{\"prompt\":\"%d\"}".formatted(second * PER_SECOND);
        return history.search(new Search(ROW, "wavespeed-ai/imagen4", input, NOON.plusSeconds(second), window));
    }

    private HttpOutcome page(String filter, Duration timeout) {
        clock.advance(Duration.ofMillis(300));
        pages.incrementAndGet();
        try {
            var asked = JSON.readTree(filter);
            long size = asked.get("page_size").longValue();
            long first = number(asked.get("created_after").textValue());
            long end = number(asked.get("created_before").textValue());
            long from = first + (asked.get("page").longValue() - 1) * size;
            var answer = JSON.createObjectNode().put("code", 200);
            var items = answer.putObject("data").putArray("items");
            LongStream.range(from, Math.min(from + size, end))
                    .forEach(number -> items.addObject()
                            .put("id", "p" + number)
                            .put(
                                    "created_at",
                                    NOON.plusMillis(1000 / PER_SECOND * number).toString())
                            .putObject("input")
                            .put("prompt", Long.toString(number)));
            return new HttpOutcome.Answered(200, Map.of(), answer.toString().getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(filter, e);
        }
    }

    private static long number(String time) {
        return Duration.between(NOON, Instant.parse(time)).toSeconds() * PER_SECOND;
    }
}
