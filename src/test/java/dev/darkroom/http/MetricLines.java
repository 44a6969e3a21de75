package dev.darkroom.http;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Collects the metrics of a test, as CloudWatch reads them. */
public final class MetricLines extends Handler implements BeforeEachCallback, AfterEachCallback {

    private static final Logger METRICS = Logger.getLogger("metrics");

    private final List<JsonPath> lines = new CopyOnWriteArrayList<>();

    @Override
    public void beforeEach(ExtensionContext context) {
        lines.clear();
        METRICS.addHandler(this);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        METRICS.removeHandler(this);
    }

    public List<JsonPath> lines() {
        return List.copyOf(lines);
    }

    public List<String> names() {
        return lines.stream()
                .map(line -> line.getString("_aws.CloudWatchMetrics[0].Metrics[0].Name"))
                .toList();
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(JsonPath.from(line.getMessage()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
