package dev.darkroom.local.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.declared.FunctionSpec;
import dev.darkroom.local.net.ExitStatus;
import dev.darkroom.local.net.Http;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One process of a function, with its own Runtime API server, from which it gets one event at a time. */
public final class FunctionProcess implements AutoCloseable {

    private static final String PREFIX = "/2018-06-01/runtime/";
    private static final JsonMapper JSON = new JsonMapper();

    /** How often a process that waits for an event checks whether it is retired. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final FunctionSpec spec;
    private final InvocationSource events;
    private final FunctionListener listener;
    private final HttpServer runtimeApi;
    private final Process process;
    private final CompletableFuture<ExitStatus> exit;
    private final AtomicReference<@Nullable Invocation> current = new AtomicReference<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicReference<@Nullable Thread> waiting = new AtomicReference<>();
    private volatile long busySince;
    private volatile boolean retired;
    private volatile boolean warm;
    /** Whether the platform itself ends the process. */
    private volatile boolean unwanted;

    FunctionProcess(
            FunctionSpec spec,
            Artifact artifact,
            Map<String, String> environment,
            InvocationSource events,
            FunctionListener listener) {
        this.spec = spec;
        this.events = events;
        this.listener = listener;
        this.runtimeApi = Http.serve(0, this::runtimeApi);
        var builder = new ProcessBuilder(artifact.command())
                .directory(artifact.folder().toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(lambdaVariables());
        builder.environment().putAll(environment);
        try {
            this.process = builder.start();
        } catch (IOException e) {
            runtimeApi.stop(0);
            throw new UncheckedIOException(spec.name() + " cannot be started", e);
        }
        this.exit = process.onExit().thenApply(ended -> ended(new ExitStatus(ended.exitValue())));
        // A platform thread: a virtual one would hold its carrier while it reads the pipe, and a machine has few
        // carriers.
        Thread.ofPlatform().daemon().name(spec.name() + "-log").start(this::copyLog);
    }

    private Map<String, String> lambdaVariables() {
        var variables = new HashMap<String, String>();
        variables.put(
                "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + runtimeApi.getAddress().getPort());
        variables.put("AWS_LAMBDA_FUNCTION_NAME", spec.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(spec.memoryMegabytes()));
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        return variables;
    }

    /** Completes with the process's end. */
    CompletableFuture<ExitStatus> exit() {
        return exit;
    }

    private ExitStatus ended(ExitStatus status) {
        runtimeApi.stop(0);
        boolean started = isReady();
        ready.completeExceptionally(new FunctionException(
                "Runtime.ExitError", "%s did not start: %s".formatted(spec.name(), status.sentence())));
        var taker = waiting.get();
        if (taker != null) {
            taker.interrupt();
        }
        var interrupted = current.getAndSet(null);
        if (interrupted != null) {
            var failure = FailedInvocation.exited(spec.name(), interrupted, status);
            if (unwanted) {
                interrupted.fail(failure.error());
            } else {
                interrupted.crash(failure, status, listener);
            }
        } else if (started && !unwanted && !status.isFromTerminal()) {
            listener.exitedIdle(spec.name(), status.sentence());
        }
        return status;
    }

    /** Completes when the process asks for its first event; fails when the process ends before that. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Whether it has ever asked for an event. */
    boolean isReady() {
        return ready.isDone() && !ready.isCompletedExceptionally();
    }

    /** Whether it waits for an event now. */
    boolean isIdle() {
        return waiting.get() != null;
    }

    public boolean isBusy() {
        return current.get() != null;
    }

    /** Whether it has had the same event for longer than this. */
    boolean isBusyLongerThan(Duration time) {
        return isBusy() && System.nanoTime() - busySince > time.toNanos();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Makes the process end after its current event, within a second. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** Ends the process at once, as SIGKILL does. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Ends a process that is no longer needed, which is no crash. */
    private void end() {
        unwanted = true;
        kill();
    }

    @Override
    public void close() {
        end();
        runtimeApi.stop(0);
    }

    private void runtimeApi(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (path.equals(PREFIX + "invocation/next")) {
            next(exchange);
            return;
        }
        var body = exchange.getRequestBody().readAllBytes();
        var answered = current.get();
        if (path.endsWith("/init/error")) {
            Http.answerJson(exchange, 202, "{\"status\":\"OK\"}");
        } else if (answered == null || !path.startsWith(PREFIX + "invocation/" + answered.requestId() + "/")) {
            Http.answerJson(exchange, 400, "{\"errorType\":\"InvalidRequestID\",\"errorMessage\":\"no such event\"}");
        } else {
            current.set(null);
            if (path.endsWith("/error")) {
                answered.fail(error(body));
            } else {
                answered.succeed(body);
            }
            Http.answerJson(exchange, 202, "{\"status\":\"OK\"}");
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        ready.complete(null);
        var taken = take();
        if (taken.isEmpty()) {
            end();
            return;
        }
        var next = taken.get();
        busySince = System.nanoTime();
        current.set(next);
        events.dequeued();
        // The process may have died while it waited. Only the thread that clears the reference handles the event.
        if (!process.isAlive() && current.compareAndSet(next, null)) {
            events.giveBack(next);
            return;
        }
        if (warm) {
            limitTime(next);
        }
        warm = true;
        var deadline = System.currentTimeMillis() + spec.timeout().toMillis();
        var headers = Map.of(
                "Content-Type",
                "application/json",
                "Lambda-Runtime-Aws-Request-Id",
                next.requestId(),
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(deadline),
                "Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:us-east-1:000000000000:function:" + spec.name(),
                "Lambda-Runtime-Trace-Id",
                trace(next));
        Http.answer(exchange, 200, headers, next.event().getBytes(StandardCharsets.UTF_8));
    }

    /** The trace that the invocation belongs to. X-Ray samples every one here. */
    private static String trace(Invocation next) {
        var hex = next.requestId().replace("-", "");
        return "Root=1-%08x-%s;Parent=%s;Sampled=1"
                .formatted(Instant.now().getEpochSecond(), hex.substring(8), hex.substring(16));
    }

    /** Waits for the next event; empty when the process is retired. */
    private Optional<Invocation> take() throws IOException {
        waiting.set(Thread.currentThread());
        try {
            var next = Optional.<Invocation>empty();
            while (next.isEmpty() && !retired) {
                next = events.take(POLL_INTERVAL);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the process ended while it waited", e);
        } finally {
            waiting.set(null);
        }
    }

    /**
     * Kills a function that exceeds its time limit, as Lambda does. The first event of a process has no limit: a JVM
     * loads its classes during it, and this takes long on a slow or loaded machine. Lambda loads the classes
     * beforehand.
     */
    private void limitTime(Invocation invocation) {
        CompletableFuture.delayedExecutor(spec.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    var failure = FailedInvocation.timedOut(spec.name(), invocation, spec.timeout(), Instant.now());
                    if (invocation.fail(failure, listener)) {
                        end();
                    }
                });
    }

    private static FunctionException error(byte[] body) {
        try {
            var error = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            return new FunctionException(
                    error.path("errorType").asText("Unknown"),
                    error.path("errorMessage").asText(""));
        } catch (JsonProcessingException _) {
            return new FunctionException("Unknown", "the error is not valid JSON");
        }
    }

    private void copyLog() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> listener.logged(spec.name(), line));
        } catch (IOException | UncheckedIOException _) {
            // The stream ends with the process, sometimes in the middle of a line.
        }
    }
}
