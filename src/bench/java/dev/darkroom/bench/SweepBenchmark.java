package dev.darkroom.bench;

import dev.darkroom.bench.report.Machine;
import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.stub.PendingRows;
import dev.darkroom.bench.stub.SlowProviderStub;
import dev.darkroom.bench.subject.Handler;
import dev.darkroom.bench.subject.MeasuredProcess;
import dev.darkroom.bench.subject.Subject;
import dev.darkroom.local.ShutdownCleanup;
import dev.darkroom.local.TemporaryFolder;
import dev.darkroom.local.functions.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * {@code make bench-sweep}: one process of {@code poll-generations} sweeps a table full of rows whose images are not
 * ready. Every row was just submitted: it is due every two seconds at first, and every twelve after two minutes. So
 * more polls are due than the process can make, and the benchmark counts those that it makes.
 */
public final class SweepBenchmark {

    private static final int SHARDS = 16;
    private static final int LEAST_POLLS = 2_000;
    private static final int MAX_MEBIBYTES = 256;

    /** In a function of 256 MB, a native executable takes 80 % of the memory for its heap. */
    private static final int NATIVE_HEAP = 204;

    private static final int JVM_HEAP = 112;
    private static final Duration MAX_INTAKE = Duration.ofMinutes(3);

    private final Path project;
    private final Path target;
    private final Settings settings;
    private final int rows;
    private final int seconds;
    private final int latency;

    /** Keeps the logs of the processes in {@code target}. */
    SweepBenchmark(Settings settings, Path project, Path target) {
        this.settings = settings;
        this.project = project;
        this.target = target;
        this.rows = settings.number("ROWS", 50_000);
        this.seconds = settings.number("SECONDS", 60);
        this.latency = settings.number("LATENCY", 100);
    }

    /**
     * Reads from the environment: {@code ROWS} (50000), {@code SECONDS} that count in a run (60), {@code RUNS} (3),
     * {@code LATENCY} of the provider in milliseconds (100), {@code HEAP}, the largest heap in megabytes (204 native,
     * 112 on the JVM); {@code NATIVE_ZIP} and {@code JVM_ZIP}, the artifacts. It measures each artifact that exists.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ShutdownCleanup.removeAtExit();
        try {
            var settings = new Settings(System.getenv());
            var project = Path.of("").toAbsolutePath();
            var target = Files.createDirectories(project.resolve("target/bench"));
            var zips = Stream.of(
                            settings.zip("NATIVE_ZIP", target.resolve("native.zip")),
                            settings.zip("JVM_ZIP", target.resolve("jvm.zip")))
                    .flatMap(Optional::stream)
                    .toList();
            var report = new Report(Machine.here(project));
            new SweepBenchmark(settings, project, target).run(report, zips);
            report.finish(target.resolve("sweep.json"));
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println("bench-sweep: " + e.getMessage());
            System.exit(1);
        }
    }

    void run(Report report, List<Path> zips) throws IOException, InterruptedException {
        int runs = settings.number("RUNS", 3);
        report.section("sweep at scale", """
            One process sweeps %d pending rows in %d shards, provider at %d ms: %d runs of a new process and a new table, %d seconds each,
            counted after every row was polled once. DynamoDB Local and the provider's stub run on the same cores; the
            cores that each took are means of the seconds that count. The heap has %d MB at most (JVM: %d). No TLS.""".formatted(
                        rows, SHARDS, latency, runs, seconds, heap(NATIVE_HEAP), heap(JVM_HEAP)));
        for (var zip : zips) {
            try (var folder = TemporaryFolder.create()) {
                var subject = Subject.ours(Artifact.unpack(project, zip, folder.path(), Map.of()))
                        .withHeap(heap(Artifact.isNative(zip) ? NATIVE_HEAP : JVM_HEAP));
                var figures = new SweepFigures();
                for (int i = 0; i < runs; i++) {
                    sweep(subject, figures);
                }
                figures.print(report, subject.name());
                report.atLeast(
                        "polls a second, " + subject.name(),
                        OptionalDouble.of(figures.polls().median()),
                        LEAST_POLLS);
                report.atMost(
                        "peak resident, MiB, " + subject.name(),
                        OptionalDouble.of(figures.peak().max()),
                        MAX_MEBIBYTES);
            }
        }
    }

    private int heap(int usual) {
        return settings.number("HEAP", usual);
    }

    private void sweep(Subject subject, SweepFigures figures) throws IOException, InterruptedException {
        try (var table = new PendingRows(project);
                var provider = new SlowProviderStub(latency)) {
            table.fill(rows, SHARDS);
            try (var process = new MeasuredProcess(subject, Handler.POLL, environment(table, provider), target)) {
                long startedAt = process.start();
                process.firstNext();
                process.send(() -> "{\"shards\": []}");
                awaitIntake(provider, process);
                figures.tookIn(System.nanoTime() - startedAt);
                figures.watch(seconds, provider, process);
                provider.requireNoFailure();
            }
        }
    }

    private void awaitIntake(SlowProviderStub provider, MeasuredProcess process) throws InterruptedException {
        long giveUp = System.nanoTime() + MAX_INTAKE.toNanos();
        while (provider.predictions() < rows) {
            provider.requireNoFailure();
            if (System.nanoTime() > giveUp || !process.handle().isAlive()) {
                throw new IllegalStateException(
                        "of %d rows only %d were polled".formatted(rows, provider.predictions()));
            }
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    private Map<String, String> environment(PendingRows table, SlowProviderStub provider) {
        return Map.of(
                "DARKROOM_TABLE_NAME",
                table.name(),
                "DARKROOM_TABLE_SHARDS",
                Integer.toString(SHARDS),
                "DARKROOM_WAVESPEED_API_KEY",
                "benchmark",
                "DARKROOM_WAVESPEED_BASE_URL",
                provider.address(),
                "AWS_ENDPOINT_URL_DYNAMODB",
                table.address().toString(),
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                "local",
                "AWS_SECRET_ACCESS_KEY",
                "local");
    }
}
