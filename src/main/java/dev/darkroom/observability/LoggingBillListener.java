package dev.darkroom.observability;

import dev.darkroom.core.billing.BillListener;
import dev.darkroom.core.billing.BillReport;
import dev.darkroom.core.billing.Difference;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.observability.Metrics.Metric;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.MDC;

/** Logs how bill and ledger compare, and counts by how much they differ. */
@Singleton
public class LoggingBillListener implements BillListener {

    private static final Logger LOG = Logger.getLogger(LoggingBillListener.class);

    /** More would be one fault that concerns every prediction, such as a wrong price. */
    private static final int MAX_LOGGED = 100;

    private final Metrics metrics;

    public LoggingBillListener(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void compared(BillReport report) {
        metrics.put(Metric.LEDGER_DRIFT, report.driftMicros(), Map.of("provider", report.provider()));
        log(
                report.isComplete() ? Level.INFO : Level.ERROR,
                "bill-compared",
                Map.of(
                        "provider", report.provider(),
                        "day", report.day(),
                        "billed", report.billed(),
                        "differences", report.differences().size(),
                        "driftMicros", report.driftMicros(),
                        "settled", report.settled(),
                        "undecided", report.undecided().rows().size(),
                        "unreadable", report.unreadable(),
                        "problem", report.problem()));
        if (!report.isComplete() || report.unreadable() > 0) {
            metrics.count(Metric.ERRORS);
        }
        report.differences().stream().limit(MAX_LOGGED).forEach(LoggingBillListener::log);
    }

    private static void log(Difference difference) {
        log(
                Level.WARN,
                "bill-differs",
                Map.of(
                        "kind", difference.kind(),
                        "predictionId", difference.prediction(),
                        "generationId",
                                difference.row().map(GenerationId::value).orElse(""),
                        "ledgerMicros", difference.ledgerMicros(),
                        "billMicros", difference.billMicros()));
    }

    private static void log(Level level, String event, Map<String, ?> keys) {
        keys.forEach(MDC::put);
        try {
            LOG.log(level, event);
        } finally {
            keys.keySet().forEach(MDC::remove);
        }
    }
}
