package dev.darkroom.local;

import dev.darkroom.local.PlatformOptions.LogLine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The processes of one function: none at first, more under load up to a limit, a new one for each that died or that has old
 * settings.
 */
final class FunctionPool implements EventSource, AutoCloseable {

    private final FunctionSpec spec;
    private final Artifact artifact;
    private final int limit;
    private final Consumer<LogLine> log;
    private final BlockingQueue<Invocation> events = new LinkedBlockingQueue<>();
    private final List<FunctionProcess> processes = new CopyOnWriteArrayList<>();
    private Map<String, String> environment;
    private volatile boolean closed;

    FunctionPool(
            FunctionSpec spec, Artifact artifact, Map<String, String> environment, int limit, Consumer<LogLine> log) {
        this.spec = spec;
        this.artifact = artifact;
        this.environment = environment;
        this.limit = limit;
        this.log = log;
    }

    FunctionSpec spec() {
        return spec;
    }

    List<FunctionProcess> processes() {
        return List.copyOf(processes);
    }

    boolean isBusy() {
        return !events.isEmpty() || processes.stream().anyMatch(FunctionProcess::isBusy);
    }

    /** Hands an event to the function; the answer fails with a {@link FunctionException} when the function does. */
    CompletableFuture<byte[]> invoke(String event) {
        var invocation = Invocation.of(event);
        enqueue(invocation);
        return invocation.answer();
    }

    private void enqueue(Invocation invocation) {
        events.add(invocation);
        scale();
    }

    @Override
    public Optional<Invocation> take(Duration patience) throws InterruptedException {
        return Optional.ofNullable(events.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void taken() {
        scale();
    }

    @Override
    public void giveBack(Invocation invocation) {
        enqueue(invocation);
    }

    private synchronized void scale() {
        var lasting = lasting();
        long starting = lasting.stream().filter(process -> !process.isReady()).count();
        long idle = lasting.stream().filter(FunctionProcess::isIdle).count();
        if (!closed && lasting.size() < limit && events.size() > starting + idle) {
            start();
        }
    }

    private List<FunctionProcess> lasting() {
        return processes.stream().filter(process -> !process.isRetired()).toList();
    }

    /**
     * From now on processes start with these variables, if they are others, and those that live end after the event that they
     * have, as with a deployment. Completes when they have ended.
     */
    synchronized CompletableFuture<Void> reconfigure(Map<String, String> other) {
        if (!environment.equals(other)) {
            environment = other;
            processes.forEach(FunctionProcess::retire);
        }
        return CompletableFuture.allOf(processes.stream()
                .filter(FunctionProcess::isRetired)
                .map(FunctionProcess::exit)
                .toArray(CompletableFuture[]::new));
    }

    private void start() {
        var process = new FunctionProcess(spec, artifact, environment, this, log);
        processes.add(process);
        var _ = process.exit().thenAccept(code -> replace(process, code));
    }

    private void replace(FunctionProcess process, int exitCode) {
        processes.remove(process);
        if (!process.isReady()) {
            // A function that cannot start would be started for ever: the event that it was started for fails.
            var waiting = events.poll();
            if (waiting != null) {
                waiting.answer()
                        .completeExceptionally(new FunctionException(
                                "Runtime.ExitError", "the function did not start: exit code " + exitCode));
            }
        }
        if (!events.isEmpty()) {
            scale();
        }
    }

    /** Starts processes before there is an event until there are so many, and completes when all have asked for one. */
    CompletableFuture<Void> warmUp(int count) {
        synchronized (this) {
            for (int i = lasting().size(); i < count; i++) {
                start();
            }
        }
        return CompletableFuture.allOf(
                lasting().stream().map(FunctionProcess::ready).toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        processes.forEach(FunctionProcess::close);
        processes.forEach(process -> process.exit().join());
    }
}
