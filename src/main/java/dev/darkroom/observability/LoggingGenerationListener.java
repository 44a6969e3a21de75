package dev.darkroom.observability;

import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TraceParent;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.webhook.Delivery;
import dev.darkroom.observability.Metrics.Metric;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Logs the events of generations, and counts the metrics that alarms use. A log line has a constant message and fixed
 * keys, never a prompt, a key, a token or an output's address.
 */
@Singleton
public class LoggingGenerationListener implements GenerationListener {

    private static final Logger LOG = Logger.getLogger(LoggingGenerationListener.class);

    private final Metrics metrics;

    public LoggingGenerationListener(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void stateChanged(Generation generation) {
        switch (generation.state()) {
            case State.Queued(var round, var refusal, var _)
            when refusal == null -> log(Level.INFO, "generation-queued", generation, Map.of("round", round));
            case State.Queued(var round, var refusal, var _) -> {
                metrics.count(Metric.SUBMISSIONS_THROTTLED);
                log(Level.WARN, "submission-throttled", generation, Map.of("round", round, "reason", refusal.reason()));
            }
            case State.Submitting _ -> log(Level.DEBUG, "generation-claimed", generation, Map.of());
            case State.Unconfirmed unconfirmed -> {
                metrics.count(Metric.SUBMISSIONS_UNCONFIRMED);
                log(Level.WARN, "submission-unconfirmed", generation, Map.of("reason", unconfirmed.reason()));
            }
            case State.Processing processing ->
                log(Level.INFO, "generation-submitted", generation, Map.of("predictionId", processing.predictionId()));
            case State.Completed completed -> {
                metrics.count(Metric.GENERATIONS_COMPLETED, made(generation, completed));
                log(
                        Level.INFO,
                        "generation-completed",
                        generation,
                        ended(
                                generation,
                                completed.finishedAt(),
                                Map.of(
                                        "predictionId", completed.predictionId(),
                                        "images", completed.outputs().size())));
            }
            case State.Failed(var _, var failure, var finishedAt) -> {
                metrics.count(
                        Metric.GENERATIONS_FAILED,
                        failure.isOfTheRequest() ? Map.of(Metric.GENERATIONS_REJECTED, 1L) : Map.of());
                log(
                        Level.WARN,
                        "generation-failed",
                        generation,
                        ended(generation, finishedAt, Map.of("errorCode", failure.code())));
            }
            case State.Cancelled(var finishedAt) ->
                log(Level.INFO, "generation-cancelled", generation, ended(generation, finishedAt, Map.of()));
        }
    }

    @Override
    public void predictionAdopted(GenerationId id, PredictionId prediction) {
        metrics.count(Metric.PREDICTIONS_RECONCILED);
        log(Level.WARN, "prediction-adopted", Map.of("generationId", id, "predictionId", prediction), null);
    }

    @Override
    public void resubmitted(GenerationId id) {
        metrics.count(Metric.SUBMISSIONS_RESUBMITTED);
        log(Level.WARN, "submission-resubmitted", Map.of("generationId", id), null);
    }

    @Override
    public void taskNotified(GenerationId id, boolean delivered) {
        log(
                delivered ? Level.INFO : Level.WARN,
                delivered ? "task-notified" : "task-notification-rejected",
                Map.of("generationId", id),
                null);
    }

    @Override
    public void followUpAbandoned(GenerationId id, FollowUp followUp) {
        log(
                Level.WARN,
                "follow-up-abandoned",
                Map.of(
                        "generationId", id,
                        "kind", followUp.action().kind(),
                        "attempts", followUp.attempts()),
                null);
    }

    /**
     * A webhook that is given up is counted; an attempt that fails says nothing about the gateway, and neither does an
     * endpoint that its caller has deleted or disabled.
     */
    @Override
    public void webhookAttempted(GenerationId id, Delivery delivery) {
        var keys = new HashMap<String, Object>(Map.of(
                "generationId", id, "receiver", delivery.target().destination().label()));
        if (!delivery.attempts().isEmpty()) {
            var last = delivery.attempts().getLast();
            keys.put("httpStatus", last.status());
            keys.put("elapsedMs", last.took().toMillis());
            keys.put("reason", last.reason());
        }
        keys.put("attempts", delivery.attempts().size());
        switch (delivery.outcome()) {
            case DELIVERED -> {
                metrics.count(Metric.WEBHOOKS_DELIVERED);
                log(Level.INFO, "webhook-delivered", keys, null);
            }
            case GIVEN_UP -> {
                metrics.count(Metric.WEBHOOKS_FAILED);
                log(Level.WARN, "webhook-given-up", keys, null);
            }
            case WITHDRAWN -> log(Level.INFO, "webhook-withdrawn", keys, null);
            case PENDING -> log(Level.INFO, "webhook-attempt-failed", keys, null);
        }
    }

    @Override
    public void imageKept(GenerationId id, int number, ImageFacts facts) {
        metrics.count(Metric.IMAGES_KEPT);
        log(
                Level.INFO,
                "image-kept",
                Map.of(
                        "generationId",
                        id,
                        "image",
                        number,
                        "contentType",
                        facts.type().mediaType(),
                        "bytes",
                        facts.bytes()),
                null);
    }

    @Override
    public void imageCopyFailed(GenerationId id, int number, String reason) {
        log(Level.WARN, "image-copy-failed", Map.of("generationId", id, "image", number, "reason", reason), null);
    }

    @Override
    public void inlineImagesNotStored(GenerationId id, String reason) {
        log(Level.WARN, "inline-images-not-stored", Map.of("generationId", id, "reason", reason), null);
    }

    @Override
    public void imageCopyOverdue(GenerationId id, int number, Duration left) {
        metrics.count(Metric.IMAGE_COPIES_OVERDUE);
        log(
                Level.ERROR,
                "image-copy-overdue",
                Map.of("generationId", id, "image", number, "leftMs", left.toMillis()),
                null);
    }

    @Override
    public void imageNotCopied(GenerationId id, int number, String reason) {
        metrics.count(Metric.IMAGES_NOT_COPIED);
        log(Level.ERROR, "image-not-copied", Map.of("generationId", id, "image", number, "reason", reason), null);
    }

    @Override
    public void imageDeletionFailed(GenerationId id, String reason) {
        log(Level.WARN, "image-deletion-failed", Map.of("generationId", id, "reason", reason), null);
    }

    @Override
    public void deleted(GenerationId id) {
        log(Level.INFO, "generation-deleted", Map.of("generationId", id), null);
    }

    @Override
    public void retryJoined(GenerationId id) {
        metrics.count(Metric.RETRIES_JOINED);
        log(Level.INFO, "retry-joined", Map.of("generationId", id), null);
    }

    @Override
    public void waitTimedOut(GenerationId id) {
        log(Level.INFO, "wait-timed-out", Map.of("generationId", id), null);
    }

    @Override
    public void askedAgain(GenerationId id) {
        metrics.count(Metric.WAIT_TIMEOUTS);
    }

    @Override
    public void callNotSettled(GenerationId id, RuntimeException cause) {
        metrics.count(Metric.ERRORS);
        log(Level.ERROR, "call-not-settled", Map.of("generationId", id), cause);
    }

    @Override
    public void overdue(Shard shard, Duration age) {
        metrics.put(Metric.OLDEST_DUE_AGE, age.toSeconds());
        log(Level.WARN, "work-overdue", Map.of("shard", shard.name(), "ageMs", age.toMillis()), null);
    }

    @Override
    public void providerCallFailed(GenerationId id, String reason) {
        log(Level.WARN, "provider-call-failed", Map.of("generationId", id, "reason", reason), null);
    }

    @Override
    public void circuitOpened(ProviderId provider, ProviderCall calls, Duration pause) {
        metrics.count(Metric.CIRCUIT_BREAKER_OPENED);
        var circuit = calls.name().toLowerCase(Locale.ROOT);
        log(
                Level.WARN,
                "circuit-opened",
                Map.of("provider", provider, "circuit", circuit, "pauseMs", pause.toMillis()),
                null);
    }

    @Override
    public void outcomeNotStored(Generation generation, RuntimeException cause) {
        metrics.count(Metric.ERRORS);
        var prediction = generation.state() instanceof State.Processing processing
                ? processing.predictionId().value()
                : "";
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
    public void queueObserved(ProviderId provider, int length, Duration oldest) {
        metrics.put(Metric.QUEUE_LENGTH, length, Map.of("provider", provider));
        metrics.put(Metric.OLDEST_QUEUED_AGE, oldest.toSeconds(), Map.of("provider", provider));
    }

    @Override
    public void rowUnreadable(String key) {
        metrics.count(Metric.UNREADABLE_ROWS);
        log(Level.ERROR, "row-unreadable", Map.of("generationId", key), null);
    }

    /** Only the deployment's limit has a metric: one for each key would be a dimension without bounds. */
    @Override
    public void budgetObserved(SpendLimit limit, Money committed) {
        if (limit.scope().isDeployment()) {
            long percent = Math.ceilDiv(
                    Math.multiplyExact(committed.microDollars(), 100),
                    Math.max(1, limit.max().microDollars()));
            metrics.put(Metric.DAILY_SPEND_PERCENT, percent, Map.of("committed", committed, "limit", limit.max()));
        }
    }

    @Override
    public void softBudgetReached(SpendLimit limit, BudgetWindow window, Money committed) {
        metrics.count(Metric.SOFT_BUDGETS_REACHED);
        log(
                Level.WARN,
                "soft-budget-reached",
                Map.of("budget", window, "committed", committed, "limit", limit.max()),
                null);
    }

    @Override
    public void gateNotUpdated(RuntimeException cause) {
        log(Level.WARN, "gate-not-updated", Map.of(), cause);
    }

    @Override
    public void sweepError(DueIndexPartition partition, RuntimeException cause) {
        log(Level.WARN, "sweep-error", Map.of("partition", partition.name()), cause);
    }

    @Override
    public void stepFailed(GenerationId id, RuntimeException cause) {
        metrics.count(Metric.ERRORS);
        log(Level.ERROR, "step-failed", Map.of("generationId", id), cause);
    }

    /** The images of a completed generation, and what they cost where a price is known. */
    private static Map<Metric, Long> made(Generation generation, State.Completed completed) {
        var made = new EnumMap<Metric, Long>(Metric.class);
        made.put(Metric.IMAGES_COMPLETED, (long) completed.outputs().size());
        generation
                .knownCost()
                .ifPresent(cost ->
                        made.put(Metric.MICRO_DOLLARS_CHARGED, cost.charged().microDollars()));
        return made;
    }

    /** The keys of the line about the end: how long it took, and what it costs where a price is known. */
    private static Map<String, Object> ended(Generation generation, Instant finishedAt, Map<String, ?> further) {
        var keys = new HashMap<String, Object>(further);
        keys.put(
                "elapsedMs",
                Duration.between(generation.createdAt(), finishedAt).toMillis());
        generation.knownCost().ifPresent(cost -> {
            keys.put("cost", cost.amount());
            keys.put("costState", cost.state().name().toLowerCase(Locale.ROOT));
        });
        return keys;
    }

    private static void log(Level level, String event, Generation generation, Map<String, ?> keys) {
        MDC.put("generationId", generation.id());
        var original = generation.request().original();
        if (original != null) {
            MDC.put("copyOf", original);
        }
        // A request that reads or changes the row may have a trace of its own.
        var ofRequest = MDC.get(TraceParent.NAME);
        generation.request().callersTrace().ifPresent(trace -> MDC.put(TraceParent.NAME, trace));
        try {
            log(level, event, keys, null);
        } finally {
            restore(ofRequest);
            MDC.remove("generationId");
            MDC.remove("copyOf");
        }
    }

    private static void restore(@Nullable Object trace) {
        if (trace == null) {
            MDC.remove(TraceParent.NAME);
        } else {
            MDC.put(TraceParent.NAME, trace);
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
