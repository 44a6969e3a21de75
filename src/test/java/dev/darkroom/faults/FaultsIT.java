package dev.darkroom.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short run; the long one is {@code make faults}. */
class FaultsIT {

    private static final int GENERATIONS = 120;
    private static final int KILLS = 12;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void nothingIsLostNothingIsPaidForTwiceAndEverythingEnds() throws InterruptedException {
        var report = FaultRun.run(
                Path.of("").toAbsolutePath(), new Plan(1, GENERATIONS, Plan.lastingFor(GENERATIONS), KILLS, 8));

        assertThat(report.problems()).as(report.toString()).isEmpty();
        assertThat(report.kills()).as(report.toString()).isEqualTo(KILLS);
        assertThat(report.images().all()).as(report.toString()).isGreaterThan(GENERATIONS);
        assertThat(report.bucketFaults()).as(report.toString()).isNotEmpty();
        assertThat(report.endings().healthy().get("COMPLETED"))
                .as(report.toString())
                .isGreaterThan(GENERATIONS * 3 / 4);
        assertThat(report.endings().inOutage())
                .as(report.toString())
                .containsOnlyKeys("prediction_unfinished", "submission_unconfirmed", "provider_unavailable");
    }
}
