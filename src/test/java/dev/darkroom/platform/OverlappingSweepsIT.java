package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The schedule may start a sweep twice, or while the last one still runs: the lease lets one sweep work on a shard. */
class OverlappingSweepsIT {

    private static final int GENERATIONS = 10;
    private static final int TICKS = 12;

    @Test
    void manySweepsAtOnceDoTheWorkOfOne() {
        try (var gateway = RunningPlatform.start(RunningPlatform.options())) {
            gateway.warmUp();
            var simulator = gateway.platform().simulator();
            var ids = IntStream.range(0, GENERATIONS)
                    .mapToObj(i -> gateway.submitted("cat " + i))
                    .toList();

            IntStream.range(0, TICKS).forEach(_ -> gateway.platform().tick());
            await().atMost(Duration.ofSeconds(30)).until(() -> gateway.due() == 0);

            assertThat(ids).allSatisfy(id -> assertThat(gateway.status(id)).isEqualTo("completed"));
            assertThat(simulator.posts()).isEqualTo(GENERATIONS);
            // Each image is ready before its first poll, which comes after two seconds.
            assertThat(simulator.results()).isEqualTo(GENERATIONS);
        }
    }
}
