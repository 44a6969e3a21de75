package dev.darkroom.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Event after event for one process: how long each takes, what of that the function adds, and what memory it needs. */
final class WarmLatency {

    /** The provider is faster than in real life, so that the benchmark ends; what a function adds hardly depends on it. */
    private static final StandIns.Latencies LATENCIES = new StandIns.Latencies(4, 25, 20, 5);

    private static final int WARM_UP = 200;
    private static final int EVENTS = 1_000;
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

    void run(Report report) throws IOException, InterruptedException {
        report.section("warm latency and resident memory", """
            %d events after %d that do not count, a process for each row, the candidates in turn for %d events each.
            Stand-ins on loopback, no TLS: %s.
            "adds" is an event's time, from its bytes leaving the Runtime API until the whole answer is there, less the time that
            the table and the provider took for it, each from a request's arrival until its answer is written. So the Runtime
            API's own round trip counts as added; the plain program, which only echoes, shows how much that is.
            RSS is read when the first event is asked for ("started") and after the last one ("used"). Nothing limits the
            memory of a process: a garbage collector that knows no limit is in no hurry.""".formatted(EVENTS, WARM_UP, IN_A_ROW, LATENCIES));
        for (var handler : Handler.values()) {
            measure(handler);
        }
        List.of(total, added, started, used).forEach(figure -> figure.print(report));
        report.atMost("get-generation adds, ms", added.median(Handler.GET, Candidate.NATIVE), 1);
        report.atMost("submit-generation adds, ms", added.median(Handler.SUBMIT, Candidate.NATIVE), 2);
        report.atMost("resident after 1,000 events, most of all handlers, MiB", used.greatest(Candidate.NATIVE), 56);
    }

    private void measure(Handler handler) throws IOException, InterruptedException {
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
            for (int sent = 0; sent < WARM_UP + EVENTS; sent += IN_A_ROW) {
                for (int i = 0; i < measured.size(); i++) {
                    for (int event = 0; event < IN_A_ROW; event++) {
                        event(measured.get(i), handler, processes.get(i), standIns, sent >= WARM_UP);
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
        process.send(handler.event());
        long nanos = candidate.checked(handler, process.answer()).nanos();
        if (counts) {
            total.of(handler, candidate).addMillis(nanos);
            added.of(handler, candidate).addMillis(nanos - (standIns.nanos() - waited));
        }
    }
}
