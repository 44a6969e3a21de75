package dev.darkroom.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How fast one sweep gets through a shard full of rows whose images are ready. */
final class SweepThroughput {

    private static final StandIns.Latencies LATENCIES = new StandIns.Latencies(4, 150, 100, 5);
    private static final int ROWS = 2_000;
    private static final int REPETITIONS = 3;
    private static final String EVENT = "{\"shards\": [0]}";

    private final List<Candidate> candidates;
    private final Path logs;
    private final Figure rate = new Figure("polls a second", "1/s");
    private final Figure peak = new Figure("peak RSS", "MiB");

    SweepThroughput(List<Candidate> candidates, Path logs) {
        this.candidates = candidates;
        this.logs = logs;
    }

    void run(Report report) throws IOException, InterruptedException {
        report.section("sweep throughput", """
            One sweep over %d due rows, each of which is read, asked for and completed, by a process that was just started; %d
            processes each, in turn. Stand-ins on loopback, no TLS: %s.""".formatted(ROWS, REPETITIONS, LATENCIES));
        for (int i = 0; i < REPETITIONS; i++) {
            for (var candidate : candidates) {
                if (candidate.handlers().contains(Handler.POLL)) {
                    sweep(candidate);
                }
            }
        }
        rate.print(report);
        peak.print(report);
    }

    private void sweep(Candidate candidate) throws IOException, InterruptedException {
        try (var standIns = new StandIns(LATENCIES);
                var process = new MeasuredProcess(candidate, Handler.POLL, standIns.environment(), logs)) {
            standIns.rows().makeDue(ROWS);
            process.start();
            process.firstNext();
            process.send(EVENT);
            var answer = process.answer();
            if (standIns.rows().due() > 0) {
                throw new IllegalStateException(
                        "%d rows are left after %s".formatted(standIns.rows().due(), answer.body()));
            }
            rate.of(Handler.POLL, candidate).add(ROWS / (answer.nanos() / 1e9));
            peak.of(Handler.POLL, candidate).add(process.mebibytes("VmHWM"));
        }
    }
}
