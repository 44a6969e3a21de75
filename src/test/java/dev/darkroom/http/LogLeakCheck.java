package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.jqwik.api.lifecycle.AroundContainerHook;
import net.jqwik.api.lifecycle.ContainerLifecycleContext;
import net.jqwik.api.lifecycle.PropagationMode;

/** Collects the handlers' logs while thousands of inputs are rejected, and checks that they contain no secret. */
public final class LogLeakCheck implements AroundContainerHook {

    public static final String PROMPT = "a lighthouse at dawn";

    private static final List<String> SECRETS = List.of(PROMPT, "the-webhook-secret", "drk_", "https://images.example");
    private static final Logger OURS = Logger.getLogger("dev.darkroom");
    private static final Logger METRICS = Logger.getLogger("metrics");

    private final List<String> leaks = Collections.synchronizedList(new ArrayList<>());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            for (Throwable cause = line.getThrown(); cause != null; cause = cause.getCause()) {
                check(cause.toString());
            }
            check(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private void check(String text) {
        if (SECRETS.stream().anyMatch(text::contains)) {
            leaks.add(text);
        }
    }

    @Override
    public void beforeContainer(ContainerLifecycleContext context) {
        OURS.setUseParentHandlers(false);
        OURS.addHandler(handler);
        METRICS.setLevel(Level.OFF);
    }

    @Override
    public void afterContainer(ContainerLifecycleContext context) {
        METRICS.setLevel(null);
        OURS.removeHandler(handler);
        OURS.setUseParentHandlers(true);
        assertThat(leaks).as("log lines with a secret").isEmpty();
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.NO_DESCENDANTS;
    }
}
