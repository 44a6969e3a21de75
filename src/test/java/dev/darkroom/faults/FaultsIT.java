package dev.darkroom.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short run; the long one is {@code make faults}. */
class FaultsIT {

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void nothingIsLostNothingIsPaidForTwiceAndEverythingEnds() throws InterruptedException {
        var report = FaultRun.run(Path.of("").toAbsolutePath(), new Plan(1, 200, Plan.lastingFor(200), 20, 8));

        assertThat(report.problems()).as(report.toString()).isEmpty();
        assertThat(report.kills()).as(report.toString()).isEqualTo(20);
        assertThat(report.endings().healthy().get("COMPLETED"))
                .as(report.toString())
                .isGreaterThan(150);
        assertThat(report.endings().inOutage())
                .as(report.toString())
                .containsOnlyKeys("prediction_unfinished", "submission_unconfirmed", "provider_unavailable");
    }
}
