package dev.darkroom.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.domain.Caller;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.Shard;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted, in the embedded metric format of CloudWatch. */
class LoggedGenerationEventsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Logger METRICS = Logger.getLogger("metrics");

    private final List<JsonPath> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(JsonPath.from(line.getMessage()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final Generation generation = Generation.accepted(
            new GenerationId("00000000000000000000000000000001"),
            Caller.of(new Owner("acme")),
            new GenerationRequest(new ModelId("a/b"), "{}"),
            NOW,
            3);
    private final LoggedGenerationEvents events =
            new LoggedGenerationEvents(new Metrics(() -> "prod", InstantSource.fixed(NOW)));

    @BeforeEach
    void listen() {
        METRICS.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        METRICS.removeHandler(handler);
    }

    @Test
    void aMetricIsALineInTheEmbeddedMetricFormat() {
        events.overdue(new Shard(3), Duration.ofMinutes(7));

        assertThat(lines).singleElement().satisfies(line -> {
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
                .claimed("c", NOW, Duration.ofSeconds(2), Duration.ofSeconds(30))
                .unconfirmed("c", NOW, NOW.plusSeconds(2), NOW.plusSeconds(3600)));
        events.stepFailed(generation.id(), new IllegalStateException());
        events.notStored(generation, new IllegalStateException());

        assertThat(lines)
                .extracting(line -> line.getString("_aws.CloudWatchMetrics[0].Metrics[0].Name"))
                .containsExactly(
                        "GenerationsFailed", "SubmissionsUnconfirmed", "UnexpectedFailures", "UnexpectedFailures");
    }

    @Test
    void whatGoesWellUntilItEndsIsNotCounted() {
        events.written(generation);
        events.written(generation.claimed("c", NOW, Duration.ofSeconds(2), Duration.ofSeconds(30)));
        events.taskAnswered(generation.id(), true);

        assertThat(lines).isEmpty();
    }
}
