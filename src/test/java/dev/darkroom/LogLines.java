package dev.darkroom;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jboss.logging.MDC;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Collects what is logged during a test. */
public final class LogLines extends Handler implements BeforeEachCallback, AfterEachCallback {

    private final Logger logger;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();

    /** Listens to one logger and its children, or to every logger when {@code name} is empty. */
    public LogLines(String name) {
        logger = Logger.getLogger(name);
        setFormatter(new PatternFormatter("%p %c %s %X %e"));
    }

    /** {@code keys} are the fields that the JSON line has beside its message. */
    public record Line(String level, String message, Map<String, String> keys) {}

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** The full text of every line, with its stack trace. */
    public List<String> texts() {
        return List.copyOf(texts);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        lines.clear();
        texts.clear();
        // A test that calls no whole handler leaves MDC keys behind.
        MDC.clear();
        logger.addHandler(this);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        logger.removeHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
        var keys = MDC.getMap().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, key -> key.getValue().toString()));
        lines.add(new Line(line.getLevel().getName(), line.getMessage(), keys));
        texts.add(getFormatter().format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
