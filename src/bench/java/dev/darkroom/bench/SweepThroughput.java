package dev.darkroom.bench;

import dev.darkroom.bench.report.Figure;
import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.standin.StandIns;
import dev.darkroom.bench.subject.Candidate;
import dev.darkroom.bench.subject.Handler;
import dev.darkroom.bench.subject.MeasuredProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How fast one sweep gets through a shard full of rows whose images are ready. */
final class SweepThroughput {

    private static final StandIns.Latencies LATENCIES = new StandIns.Latencies(4, 150, 100, 5);
    private static final String EVENT = "{\"shards\": [0]}";
    private static final String ALL_WENT_WELL = "\"failures\":0";

    private final List<Candidate> candidates;
    private final Path logs;
    private final Figure rate = new Figure("polls a second", "1/s");
    private final Figure peak = new Figure("peak RSS", "MiB");

    SweepThroughput(List<Candidate> candidates, Path logs) {
        this.candidates = candidates;
        this.logs = logs;
    }

    void run(Report report, BenchmarkPlan.Sweeps sweeps) throws IOException, InterruptedException {
        report.section("sweep throughput", """
            One sweep over %d due rows, each of which is read, asked for and completed, by a process that was just started; %d
            processes each, in turn. Stand-ins on loopback, no TLS: %s.""".formatted(sweeps.rows(), sweeps.processes(), LATENCIES));
        for (int i = 0; i < sweeps.processes(); i++) {
            for (var candidate : candidates) {
                if (candidate.handlers().contains(Handler.POLL)) {
                    sweep(candidate, sweeps.rows());
                }
            }
        }
        rate.print(report);
        peak.print(report);
    }

    private void sweep(Candidate candidate, int rows) throws IOException, InterruptedException {
        try (var standIns = new StandIns(LATENCIES);
                var process = new MeasuredProcess(candidate, Handler.POLL, standIns.environment(), logs)) {
            standIns.rows().makeDue(rows);
            process.start();
            process.firstNext();
            process.send(() -> EVENT);
            var answer = process.answer();
            standIns.requireNoFailure();
            if (standIns.rows().due() > 0 || !answer.body().contains(ALL_WENT_WELL)) {
                throw new IllegalStateException("%s: %d rows are left after %s"
                        .formatted(candidate.name(), standIns.rows().due(), answer.body()));
            }
            rate.of(Handler.POLL, candidate).add(rows / (answer.nanos() / 1e9));
            peak.of(Handler.POLL, candidate).add(process.mebibytes("VmHWM"));
        }
    }
}
