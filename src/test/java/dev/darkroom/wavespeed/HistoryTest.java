package dev.darkroom.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.application.FindOutcome;
import dev.darkroom.application.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final String FULL_PAGE =
            "{\"code\": 200, \"data\": {\"items\": [%s]}}".formatted("{},".repeat(99) + "{}");

    @Test
    void aHistoryThatTakesTooLongToReadSaysNothing() {
        var clock = new TestClock();
        var pages = new ArrayList<String>();
        var history = new History(
                filter -> {
                    pages.add(filter);
                    clock.advance(Duration.ofSeconds(3));
                    return Answer.of(200, null, FULL_PAGE);
                },
                new Classifier(clock),
                clock);

        var found = history.find("wavespeed-ai/imagen4", "{}", clock.instant());

        assertThat(found).isInstanceOf(FindOutcome.Unavailable.class);
        assertThat(pages).hasSize(4);
    }
}
