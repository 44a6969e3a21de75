package dev.darkroom.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.application.FindOutcome;
import dev.darkroom.application.Reach;
import dev.darkroom.application.TestClock;
import dev.darkroom.domain.PredictionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A provider that is sent 3,000 predictions a minute and takes 0.3 s for a page. */
class HistoryTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final long PER_SECOND = 50;

    private final TestClock clock = new TestClock();
    private final AtomicInteger pages = new AtomicInteger();
    private final History history = new History(this::page, new Classifier(clock), clock);

    @Test
    void aCallIsFoundInABusyMinute() {
        assertThat(find(417, Reach.NEAR)).isEqualTo(new FindOutcome.Found(List.of(new PredictionId("p20850"))));
    }

    @Test
    void whatCannotBeListedInTimeIsNotSaidToBeAbsent() {
        assertThat(find(417, Reach.FAR)).isEqualTo(new FindOutcome.TooMany());
    }

    @Test
    void whoeverLooksIntoTheSameTimeMeanwhileWaitsForTheList() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<FindOutcome> search = () -> find(417, Reach.NEAR);
            var found = threads.invokeAll(
                    IntStream.range(0, 50).mapToObj(_ -> search).toList());

            assertThat(found).allSatisfy(one -> assertThat(one.get()).isInstanceOf(FindOutcome.Found.class));
        }
        assertThat(pages).hasValue(21);
    }

    private FindOutcome find(long second, Reach reach) {
        var input = "{\"prompt\":\"%d\"}".formatted(second * PER_SECOND);
        return history.find("wavespeed-ai/imagen4", input, NOON.plusSeconds(second), reach);
    }

    private Answer page(String filter) {
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
            return Answer.of(200, null, answer.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(filter, e);
        }
    }

    private static long number(String time) {
        return Duration.between(NOON, Instant.parse(time)).toSeconds() * PER_SECOND;
    }
}
