package dev.darkroom.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollIntervalTest {

    @ParameterizedTest
    @CsvSource({"PT0S, PT1.2S", "PT24S, PT1.2S", "PT1M, PT3S", "PT10M, PT30S", "PT100M, PT5M", "P7D, PT5M"})
    void theWaitGrowsWithTheAge(Duration age, Duration wait) {
        assertThat(PollInterval.forPolling(age)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT2S", "PT4S, PT2S", "PT1M, PT30S", "PT10M, PT5M", "PT30M, PT15M", "PT23H, PT15M"})
    void aSearchIsRepeatedLessAndLessOften(Duration age, Duration wait) {
        assertThat(PollInterval.forReconciling(age)).isEqualTo(wait);
    }
}
