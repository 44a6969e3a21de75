package dev.darkroom.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.faults.clients.Client;
import dev.darkroom.faults.clients.ClientPlan;
import dev.darkroom.faults.clients.ClientReport;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short run; the long one is {@code make faults}. */
class FaultsIT {

    private static final int GENERATIONS = 120;
    private static final int KILLS = 12;

    /** Of each of five clients. */
    private static final int CALLS = 12;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void nothingIsLostNothingIsPaidForTwiceAndEverythingEnds() throws InterruptedException {
        var clients = new ClientPlan(1, CALLS, 3, 0.3, 0.3);
        var plan = new Plan(1, GENERATIONS, Plan.lastingFor(GENERATIONS), KILLS, 8, Optional.of(clients));

        var report = FaultRun.run(Path.of("").toAbsolutePath(), plan);

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
        check(report.clients().orElseThrow());
    }

    private static void check(ClientReport clients) {
        assertThat(clients.problems()).as(clients.toString()).isEmpty();
        assertThat(clients.disturbed()).as(clients.toString()).isGreaterThan(CALLS);
        assertThat(clients.delivered(Client.OPENAI_WITH_KEY))
                .as(clients.toString())
                .isGreaterThan(CALLS);
        assertThat(clients.chargedElsewhere(Client.OPENAI))
                .as(clients.toString())
                .isGreaterThan(clients.charged(Client.OPENAI));
    }
}
