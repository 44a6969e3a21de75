package dev.darkroom.bench.subject;

import dev.darkroom.bench.stub.LoopbackServer;
import dev.darkroom.bench.stub.LoopbackServer.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One process of a function, which gets its events from a Runtime API server that measures the times. */
public final class MeasuredProcess implements AutoCloseable {

    private static final String NEXT = "/2018-06-01/runtime/invocation/next";

    /** Lambda sends one with each event, whether functions write traces or not. */
    private static final String TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    private static final Duration TIME_LIMIT = Duration.ofMinutes(5);
    private static final Duration MAX_START = Duration.ofMinutes(1);

    /**
     * An answer.
     *
     * @param sentAt when the event was about to be written, as {@link System#nanoTime}
     * @param arrivedAt when the last byte of the answer was read
     */
    public record Answer(String body, long sentAt, long arrivedAt) {

        public long nanos() {
            return arrivedAt - sentAt;
        }
    }

    private final Subject subject;
    private final Path log;
    private final LoopbackServer runtimeApi = new LoopbackServer(this::handle);
    private final BlockingQueue<Long> nexts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Supplier<String>> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Process process;
    private volatile long sentAt;

    /** Starts a shell that becomes the function on {@link #start}: forking this JVM then would take long. */
    public MeasuredProcess(Subject subject, Handler handler, Map<String, String> environment, Path logs)
            throws IOException {
        this.subject = subject;
        this.log = logs.resolve("%s-%s.log".formatted(subject.name(), handler.function()));
        var builder = new ProcessBuilder("/bin/sh", "-c", "read _ && exec \"$@\"", "sh");
        builder.command().addAll(subject.command());
        builder.directory(subject.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(subject.settings());
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_LAMBDA_HANDLER",
                        handler.function(),
                        "AWS_LAMBDA_RUNTIME_API",
                        "127.0.0.1:" + runtimeApi.port(),
                        "AWS_LAMBDA_FUNCTION_NAME",
                        handler.function(),
                        "AWS_LAMBDA_FUNCTION_VERSION",
                        "$LATEST",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                        "512",
                        "AWS_LAMBDA_INITIALIZATION_TYPE",
                        "on-demand"));
        this.process = builder.start();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Queues an event, which is made when the function asks for it. */
    public void send(Supplier<String> event) {
        events.add(event);
    }

    /** Starts the function; returns when that was, as {@link System#nanoTime}. */
    public long start() throws IOException {
        long now = System.nanoTime();
        try (var shell = process.getOutputStream()) {
            shell.write('\n');
        }
        return now;
    }

    /** When the function asked for its first event, as {@link System#nanoTime}. */
    public long firstNext() throws InterruptedException {
        return await(nexts, MAX_START);
    }

    /** Waits for the next answer, up to five minutes. */
    public Answer answer() throws InterruptedException {
        return await(answers, TIME_LIMIT);
    }

    private <T> T await(BlockingQueue<T> queue, Duration limit) throws InterruptedException {
        var until = System.nanoTime() + limit.toNanos();
        while (process.isAlive() && System.nanoTime() < until) {
            var element = queue.poll(100, TimeUnit.MILLISECONDS);
            if (element != null) {
                return element;
            }
        }
        throw new IllegalStateException(
                "%s %s: see %s".formatted(subject.name(), process.isAlive() ? "does not answer" : "has ended", log));
    }

    private byte[] handle(Request request) throws InterruptedException {
        if (!request.path().equals(NEXT)) {
            boolean answered = request.path().endsWith("/response");
            answers.add(new Answer(answered ? request.body() : "error " + request.body(), sentAt, request.arrivedAt()));
            return LoopbackServer.answer(202, Map.of(), "");
        }
        nexts.add(request.arrivedAt());
        var event = events.take();
        var answer = LoopbackServer.answer(
                200,
                Map.of(
                        "Content-Type", "application/json",
                        "Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
                        "Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + TIME_LIMIT.toMillis()),
                        "Lambda-Runtime-Trace-Id", TRACE,
                        "Lambda-Runtime-Invoked-Function-Arn",
                                "arn:aws:lambda:us-east-1:000000000000:function:benchmark"),
                event.get());
        sentAt = System.nanoTime();
        return answer;
    }

    /** A line of {@code /proc/…/status} that is given in kB, such as VmRSS and VmHWM, in MiB. */
    public double mebibytes(String line) throws IOException {
        var status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.readAllLines(status, StandardCharsets.UTF_8).stream()
                .filter(each -> each.startsWith(line + ":"))
                .mapToDouble(each -> Double.parseDouble(each.replaceAll("\\D+", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        runtimeApi.close();
    }
}
