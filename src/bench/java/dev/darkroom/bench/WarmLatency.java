package dev.darkroom.bench;

import dev.darkroom.bench.report.Figure;
import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.standin.StandIns;
import dev.darkroom.bench.subject.Candidate;
import dev.darkroom.bench.subject.Handler;
import dev.darkroom.bench.subject.MeasuredProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Event after event for one process: how long each takes, what of that the function adds, and what memory it needs. */
final class WarmLatency {

    /** The provider is faster than in real life, so that the benchmark ends; what a function adds hardly depends on it. */
    private static final StandIns.Latencies LATENCIES = new StandIns.Latencies(4, 25, 20, 5);

    private static final int IN_A_ROW = 100;

    private final List<Candidate> candidates;
    private final Path logs;
    private final Figure total = new Figure("event", "ms");
    private final Figure added = new Figure("adds", "ms");
    private final Figure started = new Figure("RSS, started", "MiB");
    private final Figure used = new Figure("RSS, used", "MiB");

    WarmLatency(List<Candidate> candidates, Path logs) {
        this.candidates = candidates;
        this.logs = logs;
    }

    void run(Report report, int events) throws IOException, InterruptedException {
        int warmUp = events / 5;
        report.section("warm latency and resident memory", """
            %d events after %d that do not count, a process for each row, the candidates in turn for %d events each.
            Stand-ins on loopback, no TLS: %s.
            "adds" is an event's time, from its bytes leaving the Runtime API until the whole answer is there, less the time that
            the table and the provider took for it, each from a request's arrival until its answer is written. So the Runtime
            API's own round trip counts as added; the plain program, which only echoes, shows how much that is.
            RSS is read when the first event is asked for ("started") and after the last one ("used"). Nothing limits the
            memory of a process: a garbage collector that knows no limit is in no hurry.""".formatted(events, warmUp, IN_A_ROW, LATENCIES));
        for (var handler : Handler.values()) {
            measure(handler, warmUp, events);
        }
        List.of(total, added, started, used).forEach(figure -> figure.print(report));
        report.atMost("get-generation adds, ms", added.median(Handler.GET, Candidate.NATIVE), 1);
        report.atMost("submit-generation adds, ms", added.median(Handler.SUBMIT, Candidate.NATIVE), 2);
        report.atMost(
                "resident after %d events, most of all handlers, MiB".formatted(events),
                used.greatest(Candidate.NATIVE),
                56);
    }

    private void measure(Handler handler, int warmUp, int events) throws IOException, InterruptedException {
        var processes = new ArrayList<MeasuredProcess>();
        var measured = candidates.stream()
                .filter(candidate -> candidate.handlers().contains(handler))
                .toList();
        try (var standIns = new StandIns(LATENCIES)) {
            for (var candidate : measured) {
                var process = new MeasuredProcess(candidate, handler, standIns.environment(), logs);
                processes.add(process);
                process.start();
                process.firstNext();
                started.of(handler, candidate).add(process.mebibytes("VmRSS"));
            }
            for (int first = 0; first < warmUp + events; first += IN_A_ROW) {
                int last = Math.min(first + IN_A_ROW, warmUp + events);
                for (int i = 0; i < measured.size(); i++) {
                    for (int event = first; event < last; event++) {
                        event(measured.get(i), handler, processes.get(i), standIns, event >= warmUp);
                    }
                }
            }
            for (int i = 0; i < measured.size(); i++) {
                used.of(handler, measured.get(i)).add(processes.get(i).mebibytes("VmRSS"));
            }
        } finally {
            processes.forEach(MeasuredProcess::close);
        }
    }

    private void event(Candidate candidate, Handler handler, MeasuredProcess process, StandIns standIns, boolean counts)
            throws InterruptedException {
        long waited = standIns.nanos();
        process.send(handler::event);
        var given = process.answer();
        standIns.requireNoFailure();
        long nanos = candidate.checked(handler, given).nanos();
        if (counts) {
            total.of(handler, candidate).addMillis(nanos);
            added.of(handler, candidate).addMillis(nanos - (standIns.nanos() - waited));
        }
    }
}
