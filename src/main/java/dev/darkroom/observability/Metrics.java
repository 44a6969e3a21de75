package dev.darkroom.observability;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.jboss.logmanager.handlers.ConsoleHandler.Target;

/**
 * Metrics as lines of the log that CloudWatch reads (embedded metric format): no agent and no call.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">the format</a>
 */
@Singleton
public class Metrics {

    /** The metrics, by the names that the alarms use. */
    public enum Metric {
        OLDEST_DUE_AGE("OldestDueAge", "Seconds"),
        QUEUE_LENGTH("QueueLength", "Count"),
        OLDEST_QUEUED_AGE("OldestQueuedAge", "Seconds"),
        UNREADABLE_ROWS("UnreadableRows", "Count"),
        OUTPUTS_UNREADABLE("OutputsUnreadable", "Count"),
        IMAGES_KEPT("ImagesKept", "Count"),
        IMAGE_COPIES_OVERDUE("ImageCopiesOverdue", "Count"),
        IMAGES_NOT_COPIED("ImagesNotCopied", "Count"),
        GENERATIONS_COMPLETED("GenerationsCompleted", "Count"),
        IMAGES_COMPLETED("ImagesCompleted", "Count"),
        MICRO_DOLLARS_CHARGED("MicroDollarsCharged", "None"),
        GENERATIONS_FAILED("GenerationsFailed", "Count"),
        GENERATIONS_REJECTED("GenerationsRejected", "Count"),
        SUBMISSIONS_UNCONFIRMED("SubmissionsUnconfirmed", "Count"),
        SUBMISSIONS_THROTTLED("SubmissionsThrottled", "Count"),
        SUBMISSIONS_RESUBMITTED("SubmissionsResubmitted", "Count"),
        PREDICTIONS_RECONCILED("PredictionsReconciled", "Count"),
        CIRCUIT_BREAKER_OPENED("CircuitBreakerOpened", "Count"),
        ONLY_SIMILAR_PREDICTIONS("OnlySimilarPredictions", "Count"),
        RETRIES_JOINED("RetriesJoined", "Count"),
        WAIT_TIMEOUTS("WaitTimeouts", "Count"),
        DAILY_SPEND_PERCENT("DailySpendPercent", "Percent"),
        SOFT_BUDGETS_REACHED("SoftBudgetsReached", "Count"),
        WEBHOOKS_REFUSED("WebhooksRefused", "Count"),
        WEBHOOKS_DELIVERED("WebhooksDelivered", "Count"),
        WEBHOOKS_FAILED("WebhooksFailed", "Count"),

        /** In micro-dollars. */
        LEDGER_DRIFT("LedgerDrift", "None"),
        ERRORS("Errors", "Count");

        private final String title;
        private final String unit;

        Metric(String title, String unit) {
            this.title = title;
            this.unit = unit;
        }
    }

    private static final String NAMESPACE = "Darkroom";
    private static final String DIMENSION = "Stage";

    private final String stage;
    private final InstantSource clock;

    public Metrics(MetricsConfig config, InstantSource clock) {
        this.stage = config.stage();
        this.clock = clock;
    }

    public void count(Metric metric) {
        put(metric, 1);
    }

    /** {@code further} metrics of the same event stand in the same line. */
    void count(Metric metric, Map<Metric, Long> further) {
        put(metric, 1, further, Map.of());
    }

    void put(Metric metric, long value) {
        put(metric, value, Map.of());
    }

    /** {@code properties} stand in the line, where a query of the log finds them, and make no metric of their own. */
    void put(Metric metric, long value, Map<String, ?> properties) {
        put(metric, value, Map.of(), properties);
    }

    private void put(Metric metric, long value, Map<Metric, Long> further, Map<String, ?> properties) {
        var line = JsonNodeFactory.instance.objectNode();
        var aws = line.putObject("_aws").put("Timestamp", clock.millis());
        var directive = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        directive.putArray("Dimensions").addArray().add(DIMENSION);
        var metrics = directive.putArray("Metrics");
        metrics.addObject().put("Name", metric.title).put("Unit", metric.unit);
        further.forEach((also, amount) -> {
            metrics.addObject().put("Name", also.title).put("Unit", also.unit);
            line.put(also.title, amount);
        });
        properties.forEach((name, property) -> line.put(name, property.toString()));
        Lines.LOGGER.info(line.put(DIMENSION, stage).put(metric.title, value).toString());
    }

    /** Writes each line unchanged. The logger is made with the first line, so that no start pays for it. */
    private static final class Lines {

        static final Logger LOGGER = logger();

        private static Logger logger() {
            var logger = Logger.getLogger("metrics");
            logger.setUseParentHandlers(false);
            logger.addHandler(new ConsoleHandler(Target.SYSTEM_OUT, new PatternFormatter("%s%n")));
            return logger;
        }
    }
}
