package dev.darkroom.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.PlatformOptions.LogLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One process of a function, behind a Runtime API server of its own that hands it one event at a time. */
final class FunctionProcess implements AutoCloseable {

    private static final String PREFIX = "/2018-06-01/runtime/";
    private static final JsonMapper JSON = new JsonMapper();

    /** One that is to end notices it so soon. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final FunctionSpec spec;
    private final EventSource events;
    private final HttpServer runtimeApi;
    private final Process process;
    private final AtomicReference<@Nullable Invocation> current = new AtomicReference<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicReference<@Nullable Thread> waiting = new AtomicReference<>();
    private volatile boolean retired;
    private volatile boolean warm;

    FunctionProcess(
            FunctionSpec spec,
            Artifact artifact,
            Map<String, String> environment,
            EventSource events,
            Consumer<LogLine> log) {
        this.spec = spec;
        this.events = events;
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
        // No virtual thread: reading a pipe holds its carrier, and three of those starve the machine's few.
        Thread.ofPlatform().daemon().name(spec.name() + "-log").start(() -> copyLog(log));
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

    /** Completes with the process's exit code. */
    CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(ended -> {
            runtimeApi.stop(0);
            ready.completeExceptionally(new FunctionException(
                    "Runtime.ExitError", "%s did not start: exit code %d".formatted(spec.name(), ended.exitValue())));
            var taker = waiting.get();
            if (taker != null) {
                taker.interrupt();
            }
            var interrupted = current.getAndSet(null);
            if (interrupted != null) {
                interrupted
                        .answer()
                        .completeExceptionally(new FunctionException(
                                "Runtime.ExitError", "the process ended with exit code " + ended.exitValue()));
            }
            return ended.exitValue();
        });
    }

    /** Completes when it asks for its first event, or fails when it ends before that. */
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

    boolean isBusy() {
        return current.get() != null;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** It ends when it has no event, within a second. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** Ends it at once, as SIGKILL does. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
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
                answered.answer().completeExceptionally(error(body));
            } else {
                answered.answer().complete(body);
            }
            Http.answerJson(exchange, 202, "{\"status\":\"OK\"}");
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        ready.complete(null);
        var taken = take();
        if (taken.isEmpty()) {
            kill();
            return;
        }
        var next = taken.get();
        current.set(next);
        events.taken();
        // It may have died while it waited; whoever empties the reference is the one who deals with the event.
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
                "arn:aws:lambda:us-east-1:000000000000:function:" + spec.name());
        Http.answer(exchange, 200, headers, next.event().getBytes(StandardCharsets.UTF_8));
    }

    /** None when it is to end. */
    private Optional<Invocation> take() throws IOException {
        waiting.set(Thread.currentThread());
        try {
            var next = Optional.<Invocation>empty();
            while (next.isEmpty() && !retired) {
                next = events.take(LOOK);
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
     * A function that exceeds its time limit is killed, as Lambda does. The first event of a process has no limit: on a slow or
     * loaded machine a JVM takes longer for it than Lambda, which loads the classes beforehand, ever would.
     */
    private void limitTime(Invocation invocation) {
        CompletableFuture.delayedExecutor(spec.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    var timedOut = new FunctionException(
                            "Sandbox.Timedout",
                            "Task timed out after %d seconds"
                                    .formatted(spec.timeout().toSeconds()));
                    if (invocation.answer().completeExceptionally(timedOut)) {
                        kill();
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
            return new FunctionException("Unknown", "the error was no JSON");
        }
    }

    private void copyLog(Consumer<LogLine> log) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> log.accept(new LogLine(spec.name(), line)));
        } catch (IOException | UncheckedIOException _) {
            // The stream ends with the process, sometimes in the middle of a line.
        }
    }
}
