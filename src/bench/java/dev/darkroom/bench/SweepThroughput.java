package dev.darkroom.bench;

import dev.darkroom.bench.report.Measurement;
import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.stub.Stubs;
import dev.darkroom.bench.subject.Handler;
import dev.darkroom.bench.subject.MeasuredProcess;
import dev.darkroom.bench.subject.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How fast one sweep gets through a shard full of rows whose images are ready. */
final class SweepThroughput {

    private static final Stubs.Latencies LATENCIES = new Stubs.Latencies(4, 150, 100, 5);
    private static final String EVENT = "{\"shards\": [0]}";
    private static final String ALL_WENT_WELL = "\"failures\":0";

    private final List<Subject> subjects;
    private final Path logs;
    private final Measurement rate = new Measurement("polls a second", "1/s");
    private final Measurement peak = new Measurement("peak RSS", "MiB");

    SweepThroughput(List<Subject> subjects, Path logs) {
        this.subjects = subjects;
        this.logs = logs;
    }

    void run(Report report, BenchmarkPlan.Sweeps sweeps) throws IOException, InterruptedException {
        report.section("sweep throughput", """
            One sweep over %d due rows, each of which is read, polled and completed, by a process that was just started; %d
            processes of each subject, in turn. Stubs on loopback, no TLS: %s.""".formatted(sweeps.rows(), sweeps.processes(), LATENCIES));
        for (int i = 0; i < sweeps.processes(); i++) {
            for (var subject : subjects) {
                if (subject.handlers().contains(Handler.POLL)) {
                    sweep(subject, sweeps.rows());
                }
            }
        }
        rate.print(report);
        peak.print(report);
    }

    private void sweep(Subject subject, int rows) throws IOException, InterruptedException {
        try (var stubs = new Stubs(LATENCIES);
                var process = new MeasuredProcess(subject, Handler.POLL, stubs.environment(), logs)) {
            stubs.rows().makeDue(rows);
            process.start();
            process.firstNext();
            process.send(() -> EVENT);
            var answer = process.answer();
            stubs.requireNoFailure();
            if (stubs.rows().due() > 0 || !answer.body().contains(ALL_WENT_WELL)) {
                throw new IllegalStateException("%s: %d rows are left after %s"
                        .formatted(subject.name(), stubs.rows().due(), answer.body()));
            }
            rate.of(Handler.POLL, subject).add(rows / (answer.nanos() / 1e9));
            peak.of(Handler.POLL, subject).add(process.mebibytes("VmHWM"));
        }
    }
}
