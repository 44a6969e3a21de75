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

/** From the start of a process until it asks for its first event, and until it has answered that. */
final class ColdStarts {

    private static final StandIns.Latencies LATENCIES = new StandIns.Latencies(4, 150, 40, 5);

    private final List<Candidate> candidates;
    private final Path logs;
    private final Figure next = new Figure("first /next", "ms");
    private final Figure answer = new Figure("first answer", "ms");
    private final Figure own = new Figure("own part", "ms");

    ColdStarts(List<Candidate> candidates, Path logs) {
        this.candidates = candidates;
        this.logs = logs;
    }

    void run(Report report, int repetitions) throws IOException, InterruptedException {
        int uncounted = repetitions > 1 ? 1 : 0;
        report.section("cold start", """
            A process for each figure, the candidates in turn within each of %d repetitions, after %d that do not count.
            Stand-ins on loopback, no TLS: %s. The executables are in the page cache; Node's peer is not bundled.
            The own part is the first answer less the time that the table and the provider took, which everybody waits for.""".formatted(repetitions, uncounted, LATENCIES));
        try (var standIns = new StandIns(LATENCIES)) {
            for (int i = -uncounted; i < repetitions; i++) {
                for (var handler : Handler.values()) {
                    for (var candidate : candidates) {
                        if (candidate.handlers().contains(handler)) {
                            start(candidate, handler, standIns, i >= 0);
                        }
                    }
                }
            }
        }
        next.print(report);
        answer.print(report);
        own.print(report);
        targets(report);
    }

    private void start(Candidate candidate, Handler handler, StandIns standIns, boolean counts)
            throws IOException, InterruptedException {
        try (var process = new MeasuredProcess(candidate, handler, standIns.environment(), logs)) {
            long waited = standIns.nanos();
            process.send(handler::event);
            long startedAt = process.start();
            long nextAt = process.firstNext();
            var given = process.answer();
            standIns.requireNoFailure();
            long answeredAt = candidate.checked(handler, given).arrivedAt();
            if (counts) {
                next.of(handler, candidate).addMillis(nextAt - startedAt);
                answer.of(handler, candidate).addMillis(answeredAt - startedAt);
                own.of(handler, candidate).addMillis(answeredAt - startedAt - (standIns.nanos() - waited));
            }
        }
    }

    private void targets(Report report) {
        for (var handler : Handler.values()) {
            report.atLeast(
                    "first /next of %s: times faster than on the JVM".formatted(handler.function()),
                    next.timesFaster(handler, Candidate.JVM),
                    50);
        }
        report.atLeast(
                "first /next of get-generation: times faster than Node's",
                next.timesFaster(Handler.GET, Candidate.NODE),
                10);
        report.atMost(
                "first /next of the slowest handler: times a plain GraalVM program's",
                Figure.ratio(next.greatest(Candidate.NATIVE), next.greatest(Candidate.PLAIN)),
                2);
        for (var handler : Handler.values()) {
            var name = "first answer of %s%s: times faster than on the JVM";
            report.atLeast(name.formatted(handler.function(), ""), answer.timesFaster(handler, Candidate.JVM), 40);
            report.atLeast(name.formatted(handler.function(), ", own"), own.timesFaster(handler, Candidate.JVM), 40);
        }
    }
}
