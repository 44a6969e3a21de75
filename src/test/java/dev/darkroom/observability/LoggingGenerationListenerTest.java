package dev.darkroom.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.LogLines;
import dev.darkroom.LogLines.Line;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.generation.TraceParent;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import dev.darkroom.core.store.GenerationListener.ProviderCall;
import dev.darkroom.core.store.Shard;
import dev.darkroom.http.MetricLines;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metrics, in CloudWatch's embedded metric format. */
class LoggingGenerationListenerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final SpendLimit OF_KEY =
            new SpendLimit(BudgetScope.ofKey("0123456789abcdef"), BudgetPeriod.MONTH, new Money(25_000_000));

    @RegisterExtension
    final MetricLines metrics = new MetricLines();

    @RegisterExtension
    final LogLines log = new LogLines(LoggingGenerationListener.class.getName());

    private final Generation generation = Generation.queued(
            new GenerationId("00000000000000000000000000000001"),
            new Owner("acme"),
            new GenerationRequest(new ModelId("a/b"), new ProviderId("wavespeed"), "{}"),
            NOW,
            3);
    private final LoggingGenerationListener events =
            new LoggingGenerationListener(new Metrics(() -> "prod", InstantSource.fixed(NOW)));

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
    void onlyTheBudgetOfTheDeploymentHasAMetricOfItsUse() {
        var ofDeployment = new SpendLimit(BudgetScope.DEPLOYMENT, BudgetPeriod.DAY, new Money(100_000_000));

        events.budgetObserved(ofDeployment, new Money(80_010_000));
        events.budgetObserved(OF_KEY, new Money(1));

        assertThat(metrics.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.getLong("DailySpendPercent")).isEqualTo(81));
    }

    @Test
    void aSoftBudgetThatIsReachedIsCounted() {
        events.softBudgetReached(OF_KEY, OF_KEY.windowAt(NOW), new Money(20_000_000));

        assertThat(metrics.lines())
                .singleElement()
                .satisfies(
                        line -> assertThat(line.getLong("SoftBudgetsReached")).isEqualTo(1));
    }

    @Test
    void whatAlarmsWatchIsCounted() {
        events.stateChanged(generation.failed(new Failure("code", "text"), NOW));
        events.stateChanged(generation
                .claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2))
                .unconfirmed(new State.Unconfirmed(TestClaims.attempt("c", NOW), "HTTP 504"), NOW.plusSeconds(2), NOW));
        events.stepFailed(generation.id(), new IllegalStateException());
        events.outcomeNotStored(generation, new IllegalStateException());

        assertThat(metrics.names()).containsExactly("GenerationsFailed", "SubmissionsUnconfirmed", "Errors", "Errors");
    }

    @Test
    void imagesAndWhatTheyCostStandInTheLineOfTheCompletedGeneration() {
        var outputs = List.of(new Output("https://provider.example.com/1.png", false));
        var completed = generation
                .costing(Cost.held(new Money(40_000), 1, List.of(), 1))
                .claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2))
                .submitted(new PredictionId("p"), NOW, NOW.plusSeconds(2))
                .completed(new State.Completed(new PredictionId("p"), outputs, Duration.ZERO, NOW));

        events.stateChanged(completed);

        assertThat(metrics.names()).containsExactly("GenerationsCompleted");
        assertThat(metrics.lines()).singleElement().satisfies(line -> {
            assertThat(line.getList("_aws.CloudWatchMetrics[0].Metrics.Name"))
                    .containsExactly("GenerationsCompleted", "ImagesCompleted", "MicroDollarsCharged");
            assertThat(line.getLong("ImagesCompleted")).isEqualTo(1);
            assertThat(line.getLong("MicroDollarsCharged")).isEqualTo(40_000);
        });
    }

    /** The alarm on failures subtracts what the requests are to blame for. */
    @ParameterizedTest
    @CsvSource({"content_moderated, 1", "provider_rejected, 1", "generation_failed, 0"})
    void aFailureOfTheRequestIsCountedInTheLineOfTheFailure(String code, long rejected) {
        events.stateChanged(generation.failed(new Failure(code, "text"), NOW));

        assertThat(metrics.lines()).singleElement().satisfies(line -> {
            assertThat(line.getLong("GenerationsFailed")).isEqualTo(1);
            assertThat(line.getList("_aws.CloudWatchMetrics[0].Metrics")).hasSize(1 + (int) rejected);
            assertThat(line.getMap("").containsKey("GenerationsRejected")).isEqualTo(rejected == 1);
        });
    }

    @Test
    void whatIsUnusualIsCounted() {
        var claimed = generation.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2));
        events.stateChanged(claimed.queued(State.Queued.at(4).refused("HTTP 429", NOW), Event.REFUSED.at(NOW)));
        events.predictionAdopted(generation.id(), new PredictionId("p"));
        events.resubmitted(generation.id());
        events.circuitOpened(new ProviderId("wavespeed"), ProviderCall.RESULT, Duration.ofSeconds(1));

        assertThat(metrics.names())
                .containsExactly(
                        "SubmissionsThrottled",
                        "PredictionsReconciled",
                        "SubmissionsResubmitted",
                        "CircuitBreakerOpened");
    }

    /** Nothing else leads from the id of a copy to the generation that its caller knows. */
    @Test
    void aCopyIsLoggedWithItsGeneration() {
        var request = new GenerationRequest(new ModelId("a/b"), new ProviderId("wavespeed"), "{}", 2, Metadata.NONE);
        var copy = Generation.queued(generation.id(), generation.owner(), request, NOW, 3)
                .copy(1, 3);

        events.stateChanged(copy);

        var keys = Map.of(
                "generationId", copy.id().value(),
                "copyOf", generation.id().value(),
                "round", "3");
        assertThat(log.lines()).containsExactly(new Line("INFO", "generation-queued", keys));
    }

    @Test
    void whatClientsRepeatAndHowLongTheyWaitIsCounted() {
        events.retryJoined(generation.id());
        events.waitTimedOut(generation.id());
        events.askedAgain(generation.id());
        events.callNotSettled(generation.id(), new IllegalStateException());

        assertThat(metrics.names()).containsExactly("RetriesJoined", "WaitTimeouts", "Errors");
        assertThat(log.lines())
                .extracting(Line::message)
                .containsExactly("retry-joined", "wait-timed-out", "call-not-settled");
    }

    @Test
    void aCancellationRaisesNoAlarm() {
        events.stateChanged(generation.cancelled(NOW));

        assertThat(metrics.names()).isEmpty();
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
    void anAbandonedFollowUpIsLoggedWithItsKindAndWithoutItsTarget() {
        var task = new FollowUp.NotifyTask(new TaskToken("secret"));

        events.followUpAbandoned(generation.id(), new FollowUp(task, NOW, 300, NOW));

        var keys = Map.of("generationId", generation.id().value(), "kind", "notify-task", "attempts", "300");
        assertThat(log.lines()).containsExactly(new Line("WARN", "follow-up-abandoned", keys));
    }

    @Test
    void theQueueIsMeasuredByItsLengthAndByTheAgeOfItsOldestRequest() {
        events.queueObserved(new ProviderId("wavespeed"), 7, Duration.ofMillis(95_900));

        assertThat(counted("QueueLength")).containsExactly(7L);
        assertThat(counted("OldestQueuedAge")).containsExactly(95L);
        assertThat(metrics.lines())
                .extracting(line -> line.getString("provider"))
                .containsExactly("wavespeed", "wavespeed");
        assertThat(metrics.lines())
                .extracting(line -> line.getString("_aws.CloudWatchMetrics[0].Metrics[0].Unit"))
                .containsExactly("Count", "Seconds");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void anOpenedCircuitIsNamed() {
        events.circuitOpened(new ProviderId("wavespeed"), ProviderCall.HISTORY, Duration.ofSeconds(4));

        var keys = Map.of("provider", "wavespeed", "circuit", "history", "pauseMs", "4000");
        assertThat(log.lines()).containsExactly(new Line("WARN", "circuit-opened", keys));
    }

    @Test
    void theSweepThatFailedIsNamedByItsPartition() {
        events.sweepError(new Shard(3), new IllegalStateException());
        events.sweepError(new Queue(new ProviderId("wavespeed")), new IllegalStateException());

        assertThat(log.lines())
                .containsExactly(
                        new Line("WARN", "sweep-error", Map.of("partition", "3")),
                        new Line("WARN", "sweep-error", Map.of("partition", "queue#wavespeed")));
    }

    @Test
    void aLineAboutARowHasTheTraceOfItsRequest() {
        var trace = new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        var traced = Generation.queued(
                generation.id(), generation.owner(), generation.request().tracedIn(trace), NOW, 3);
        var other = "00-00000000000000000000000000000001-0000000000000001-00";

        events.stateChanged(traced);
        MDC.put("traceparent", other);
        events.stateChanged(traced);
        events.stateChanged(generation);

        assertThat(log.lines())
                .extracting(line -> line.keys().getOrDefault("traceparent", "none"))
                .containsExactly(trace.value(), trace.value(), other);
        assertThat(MDC.get("traceparent")).isEqualTo(other);
        MDC.clear();
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
        events.stateChanged(generation);
        events.stateChanged(generation.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2)));
        events.taskNotified(generation.id(), true);

        assertThat(metrics.lines()).isEmpty();
    }
}
