package dev.darkroom.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The short run; {@code make faults} is the long one. */
class FaultsIT {

    @Test
    void nothingIsLostAndNothingIsPaidForTwice() throws InterruptedException {
        var report = FaultRun.run(Path.of("").toAbsolutePath(), new FaultRun.Plan(1, 200, 20, 8));

        assertThat(report.problems()).as(report.toString()).isEmpty();
        assertThat(report.kills()).as(report.toString()).isEqualTo(20);
        assertThat(report.rows().get("COMPLETED")).as(report.toString()).isGreaterThan(150);
    }
}
