package dev.darkroom.local.functions;

import dev.darkroom.local.declared.FunctionSpec;
import dev.darkroom.local.net.ExitStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The processes of one function: none at first, then more under load, up to a limit. A new process replaces one that
 * died or that has old settings. A process that holds a caller's request for long waits for an image and does not load
 * the machine, so it does not count.
 */
public final class FunctionPool implements InvokableFunction, InvocationSource, AutoCloseable {

    /** Most requests are answered sooner, unless their callers wait. */
    private static final Duration LONG = Duration.ofSeconds(2);

    /** Each takes some 100 MB on the JVM. */
    private static final int MAX_WAITING = 64;

    private final FunctionSpec spec;
    private final Artifact artifact;
    private final int limit;
    private final FunctionListener listener;
    private final BlockingQueue<Invocation> events = new LinkedBlockingQueue<>();
    private final List<FunctionProcess> processes = new CopyOnWriteArrayList<>();
    private Map<String, String> environment;
    private volatile boolean closed;

    public FunctionPool(
            FunctionSpec spec,
            Artifact artifact,
            Map<String, String> environment,
            int limit,
            FunctionListener listener) {
        this.spec = spec;
        this.artifact = artifact;
        this.environment = environment;
        this.limit = limit;
        this.listener = listener;
    }

    @Override
    public FunctionSpec spec() {
        return spec;
    }

    public List<FunctionProcess> processes() {
        return List.copyOf(processes);
    }

    public boolean isBusy() {
        return !events.isEmpty() || processes.stream().anyMatch(FunctionProcess::isBusy);
    }

    @Override
    public CompletableFuture<byte[]> invoke(String event, Sender sender) {
        var invocation = Invocation.of(event, sender);
        enqueue(invocation);
        return invocation.answer();
    }

    private void enqueue(Invocation invocation) {
        events.add(invocation);
        scale();
    }

    @Override
    public Optional<Invocation> take(Duration timeout) throws InterruptedException {
        return Optional.ofNullable(events.poll(timeout.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void dequeued() {
        scale();
        if (!spec.routes().isEmpty()) {
            // Longer than LONG, so that the process counts as waiting by then.
            CompletableFuture.delayedExecutor(LONG.toMillis() + 100, TimeUnit.MILLISECONDS)
                    .execute(this::scale);
        }
    }

    @Override
    public void giveBack(Invocation invocation) {
        enqueue(invocation);
    }

    private synchronized void scale() {
        var lasting = lasting();
        long starting = lasting.stream().filter(process -> !process.isReady()).count();
        long idle = lasting.stream().filter(FunctionProcess::isIdle).count();
        if (!closed && lasting.size() - waiting(lasting) < limit && events.size() > starting + idle) {
            start();
        }
    }

    /** Only requests have callers; other events take long because they are long work. */
    private long waiting(List<FunctionProcess> lasting) {
        return spec.routes().isEmpty()
                ? 0
                : lasting.stream()
                        .filter(process -> process.isBusyLongerThan(LONG))
                        .limit(MAX_WAITING)
                        .count();
    }

    private List<FunctionProcess> lasting() {
        return processes.stream().filter(process -> !process.isRetired()).toList();
    }

    /**
     * Starts further processes with these variables, as a deployment does. When the variables differ, processes that
     * live end after their current event. Completes when they have ended.
     */
    public synchronized CompletableFuture<Void> reconfigure(Map<String, String> other) {
        if (!environment.equals(other)) {
            environment = other;
            processes.forEach(FunctionProcess::retire);
        }
        return CompletableFuture.allOf(processes.stream()
                .filter(FunctionProcess::isRetired)
                .map(FunctionProcess::exit)
                .toArray(CompletableFuture[]::new));
    }

    private FunctionProcess start() {
        var process = new FunctionProcess(spec, artifact, environment, this, listener);
        processes.add(process);
        var _ = process.exit().thenAccept(status -> replace(process, status));
        return process;
    }

    private void replace(FunctionProcess process, ExitStatus status) {
        processes.remove(process);
        if (!process.isReady()) {
            // Fails the event of a process that did not start, because the pool would otherwise start processes
            // forever.
            var waiting = events.poll();
            if (waiting != null) {
                var failure = FailedInvocation.exited(spec.name(), waiting, status);
                if (closed) {
                    waiting.fail(failure.error());
                } else {
                    waiting.crash(failure, status, listener);
                }
            }
        }
        if (!events.isEmpty()) {
            scale();
        }
    }

    /** Starts processes up to {@code count} without an event; completes when all have asked for their first event. */
    public CompletableFuture<Void> warmUp(int count) {
        var warmed = new ArrayList<FunctionProcess>();
        synchronized (this) {
            warmed.addAll(lasting());
            while (warmed.size() < count) {
                warmed.add(start());
            }
        }
        return CompletableFuture.allOf(
                warmed.stream().map(FunctionProcess::ready).toArray(CompletableFuture[]::new));
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
