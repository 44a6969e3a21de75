package dev.darkroom.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.LogLines;
import dev.darkroom.LogLines.Line;
import dev.darkroom.domain.Caller;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.State;
import dev.darkroom.domain.TestClaims;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is counted, in the embedded metric format of CloudWatch. */
class LoggedGenerationEventsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @RegisterExtension
    final MetricLines metrics = new MetricLines();

    @RegisterExtension
    final LogLines log = new LogLines(LoggedGenerationEvents.class.getName());

    private final Generation generation = Generation.queued(
            new GenerationId("00000000000000000000000000000001"),
            Caller.of(new Owner("acme")),
            new GenerationRequest(new ModelId("a/b"), "{}"),
            NOW,
            3);
    private final LoggedGenerationEvents events =
            new LoggedGenerationEvents(new Metrics(() -> "prod", InstantSource.fixed(NOW)));

    @Test
    void aMetricIsALineInTheEmbeddedMetricFormat() {
        events.overdue(new Shard(3), Duration.ofMinutes(7));

        assertThat(metrics.lines()).singleElement().satisfies(line -> {
            assertThat(line.getLong("_aws.Timestamp")).isEqualTo(NOW.toEpochMilli());
            assertThat(line.getString("_aws.CloudWatchMetrics[0].Namespace")).isEqualTo("Darkroom");
            assertThat(line.getString("_aws.CloudWatchMetrics[0].Dimensions[0][0]"))
                    .isEqualTo("Stage");
            assertThat(line.getString("_aws.CloudWatchMetrics[0].Metrics[0].Name"))
                    .isEqualTo("OldestDueAge");
            assertThat(line.getString("_aws.CloudWatchMetrics[0].Metrics[0].Unit"))
                    .isEqualTo("Seconds");
            assertThat(line.getString("Stage")).isEqualTo("prod");
            assertThat(line.getLong("OldestDueAge")).isEqualTo(420);
        });
    }

    @Test
    void whatAlarmsLookAtIsCounted() {
        events.written(generation.failed(new Failure("code", "text"), NOW));
        events.written(generation
                .claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2))
                .unconfirmed(new State.Unconfirmed(TestClaims.attempt("c", NOW), "HTTP 504"), NOW.plusSeconds(2)));
        events.stepFailed(generation.id(), new IllegalStateException());
        events.notStored(generation, new IllegalStateException());

        assertThat(metrics.names())
                .containsExactly(
                        "GenerationsFailed", "SubmissionsUnconfirmed", "UnexpectedFailures", "UnexpectedFailures");
    }

    @Test
    void whatIsUnusualIsCounted() {
        var claimed = generation.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2));
        events.written(claimed.queued(State.Queued.at(4).refused("HTTP 429", NOW)));
        events.adopted(generation.id(), new PredictionId("p"));
        events.resubmitted(generation.id());
        events.providerPaused(Duration.ofSeconds(1));

        assertThat(metrics.names())
                .containsExactly("SubmissionsRefused", "PredictionsAdopted", "SubmissionsRepeated", "ProviderPauses");
    }

    @Test
    void whatNeedsAPersonIsCountedAndLogged() {
        events.outputsUnreadable(generation.id(), new PredictionId("p"));
        events.onlySimilarFound(generation.id(), 2);
        events.rowUnreadable("no-id");

        assertThat(counted("OutputsUnreadable")).containsExactly(1L);
        assertThat(counted("OnlySimilarPredictions")).containsExactly(1L);
        assertThat(counted("UnreadableRows")).containsExactly(1L);
        assertThat(metrics.lines()).hasSize(3);
        var id = generation.id().value();
        assertThat(log.lines())
                .containsExactly(
                        new Line("ERROR", "outputs-unreadable", Map.of("generationId", id, "predictionId", "p")),
                        new Line("WARN", "only-similar-predictions", Map.of("generationId", id, "similar", "2")),
                        new Line("ERROR", "row-unreadable", Map.of("generationId", "no-id")));
    }

    @Test
    void theQueueIsMeasuredByItsLengthAndByTheAgeOfItsOldestRequest() {
        events.queueObserved(7, Duration.ofMillis(95_900));

        assertThat(counted("QueueLength")).containsExactly(7L);
        assertThat(counted("OldestQueuedAge")).containsExactly(95L);
        assertThat(metrics.lines())
                .extracting(line -> line.getString("_aws.CloudWatchMetrics[0].Metrics[0].Unit"))
                .containsExactly("Count", "Seconds");
        assertThat(log.lines()).isEmpty();
    }

    /** The values of one metric. */
    private List<Long> counted(String name) {
        return metrics.lines().stream()
                .filter(line -> name.equals(line.getString("_aws.CloudWatchMetrics[0].Metrics[0].Name")))
                .map(line -> line.getLong(name))
                .toList();
    }

    @Test
    void whatGoesWellUntilItEndsIsNotCounted() {
        events.written(generation);
        events.written(generation.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2)));
        events.taskAnswered(generation.id(), true);

        assertThat(metrics.lines()).isEmpty();
    }
}
