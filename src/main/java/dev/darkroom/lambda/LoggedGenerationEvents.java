package dev.darkroom.lambda;

import dev.darkroom.application.GenerationEvents;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.State;
import dev.darkroom.lambda.Metrics.Metric;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Logs what happens to generations, and counts what alarms look at: a constant message and fixed keys, never a prompt, a
 * key, a token or an output's address.
 */
@Singleton
class LoggedGenerationEvents implements GenerationEvents {

    private static final Logger LOG = Logger.getLogger(LoggedGenerationEvents.class);

    private final Metrics metrics;

    LoggedGenerationEvents(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void written(Generation generation) {
        switch (generation.state()) {
            case State.Queued(var round, var refusal, var _)
            when refusal == null -> log(Level.INFO, "generation-queued", generation, Map.of("round", round));
            case State.Queued(var round, var refusal, var _) -> {
                metrics.count(Metric.SUBMISSIONS_REFUSED);
                log(Level.WARN, "submission-postponed", generation, Map.of("round", round, "reason", refusal.reason()));
            }
            case State.Submitting _ -> log(Level.DEBUG, "generation-claimed", generation, Map.of());
            case State.Unconfirmed unconfirmed -> {
                metrics.count(Metric.SUBMISSIONS_UNCONFIRMED);
                log(Level.WARN, "submission-unconfirmed", generation, Map.of("reason", unconfirmed.reason()));
            }
            case State.Processing(var predictionId, var _, var _) ->
                log(Level.INFO, "generation-submitted", generation, Map.of("predictionId", predictionId));
            case State.Completed completed -> {
                metrics.count(Metric.GENERATIONS_COMPLETED);
                log(
                        Level.INFO,
                        "generation-completed",
                        generation,
                        Map.of(
                                "predictionId", completed.predictionId(),
                                "images", completed.outputs().size(),
                                "elapsedMs", elapsed(generation, completed.finishedAt())));
            }
            case State.Failed(var _, var failure, var finishedAt) -> {
                metrics.count(Metric.GENERATIONS_FAILED);
                log(
                        Level.WARN,
                        "generation-failed",
                        generation,
                        Map.of("errorCode", failure.code(), "elapsedMs", elapsed(generation, finishedAt)));
            }
        }
    }

    @Override
    public void adopted(GenerationId id, PredictionId prediction) {
        metrics.count(Metric.PREDICTIONS_ADOPTED);
        log(Level.WARN, "prediction-adopted", Map.of("generationId", id, "predictionId", prediction), null);
    }

    @Override
    public void resubmitted(GenerationId id) {
        metrics.count(Metric.SUBMISSIONS_REPEATED);
        log(Level.WARN, "submission-repeated", Map.of("generationId", id), null);
    }

    @Override
    public void taskAnswered(GenerationId id, boolean told) {
        log(
                told ? Level.INFO : Level.WARN,
                told ? "task-answered" : "task-not-awaited",
                Map.of("generationId", id),
                null);
    }

    @Override
    public void overdue(Shard shard, Duration age) {
        metrics.put(Metric.OLDEST_DUE_AGE, age.toSeconds());
        log(Level.WARN, "work-overdue", Map.of("shard", shard.number(), "ageMs", age.toMillis()), null);
    }

    @Override
    public void providerUnclear(GenerationId id, String reason) {
        log(Level.WARN, "provider-unclear", Map.of("generationId", id, "reason", reason), null);
    }

    @Override
    public void providerPaused(Duration pause) {
        metrics.count(Metric.PROVIDER_PAUSES);
        log(Level.WARN, "provider-paused", Map.of("pauseMs", pause.toMillis()), null);
    }

    @Override
    public void notStored(Generation generation, RuntimeException cause) {
        metrics.count(Metric.UNEXPECTED_FAILURES);
        var prediction = generation.state() instanceof State.Processing(var id, var _, var _) ? id.value() : "";
        log(
                Level.ERROR,
                "outcome-not-stored",
                Map.of(
                        "generationId", generation.id(),
                        "predictionId", prediction,
                        "status", generation.state().status()),
                cause);
    }

    @Override
    public void onlySimilarFound(GenerationId id, int similar) {
        metrics.count(Metric.ONLY_SIMILAR_PREDICTIONS);
        log(Level.WARN, "only-similar-predictions", Map.of("generationId", id, "similar", similar), null);
    }

    @Override
    public void outputsUnreadable(GenerationId id, PredictionId prediction) {
        metrics.count(Metric.OUTPUTS_UNREADABLE);
        log(Level.ERROR, "outputs-unreadable", Map.of("generationId", id, "predictionId", prediction), null);
    }

    @Override
    public void queueObserved(int length, Duration oldest) {
        metrics.put(Metric.QUEUE_LENGTH, length);
        metrics.put(Metric.OLDEST_QUEUED_AGE, oldest.toSeconds());
    }

    @Override
    public void rowUnreadable(String key) {
        metrics.count(Metric.UNREADABLE_ROWS);
        log(Level.ERROR, "row-unreadable", Map.of("generationId", key), null);
    }

    @Override
    public void gateNotUpdated(RuntimeException cause) {
        log(Level.WARN, "gate-not-updated", Map.of(), cause);
    }

    @Override
    public void sweepDisturbed(Shard shard, RuntimeException cause) {
        log(Level.WARN, "sweep-disturbed", Map.of("shard", shard.number()), cause);
    }

    @Override
    public void stepFailed(GenerationId id, RuntimeException cause) {
        metrics.count(Metric.UNEXPECTED_FAILURES);
        log(Level.ERROR, "step-failed", Map.of("generationId", id), cause);
    }

    private static long elapsed(Generation generation, Instant finishedAt) {
        return Duration.between(generation.createdAt(), finishedAt).toMillis();
    }

    private static void log(Level level, String event, Generation generation, Map<String, ?> keys) {
        MDC.put("generationId", generation.id());
        try {
            log(level, event, keys, null);
        } finally {
            MDC.remove("generationId");
        }
    }

    private static void log(Level level, String event, Map<String, ?> keys, @Nullable Throwable cause) {
        keys.forEach(MDC::put);
        try {
            LOG.log(level, event, cause);
        } finally {
            keys.keySet().forEach(MDC::remove);
        }
    }
}
