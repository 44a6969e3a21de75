package dev.darkroom.bench;

import dev.darkroom.bench.report.Measurement;
import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.stub.Stubs;
import dev.darkroom.bench.subject.Handler;
import dev.darkroom.bench.subject.MeasuredProcess;
import dev.darkroom.bench.subject.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures event after event in one process: the time of each, what the function adds to it, and the memory. */
final class WarmLatency {

    /** The provider is faster than the real one, to keep the benchmark short; what a function adds changes little. */
    private static final Stubs.Latencies LATENCIES = new Stubs.Latencies(4, 25, 20, 5);

    private static final int IN_A_ROW = 100;

    private final List<Subject> subjects;
    private final Path logs;
    private final Measurement total = new Measurement("event", "ms");
    private final Measurement added = new Measurement("adds", "ms");
    private final Measurement started = new Measurement("RSS, started", "MiB");
    private final Measurement used = new Measurement("RSS, used", "MiB");

    WarmLatency(List<Subject> subjects, Path logs) {
        this.subjects = subjects;
        this.logs = logs;
    }

    void run(Report report, int events) throws IOException, InterruptedException {
        int warmUp = events / 5;
        report.section("warm latency and resident memory", """
            %d events after %d that do not count, a process for each row, the subjects in turn for %d events each.
            Stubs on loopback, no TLS: %s.
            "adds" is an event's time, from its bytes leaving the Runtime API until the whole answer is there, less the time that
            the table and the provider took for it, each from a request's arrival until its answer is written. So the Runtime
            API's own round trip counts as added; the plain program, which only echoes, shows how much that is.
            RSS is read when the first event is asked for ("started") and after the last one ("used"). Nothing limits the
            memory of a process, so its garbage collector may run late.""".formatted(events, warmUp, IN_A_ROW, LATENCIES));
        for (var handler : Handler.values()) {
            measure(handler, warmUp, events);
        }
        List.of(total, added, started, used).forEach(measurement -> measurement.print(report));
        report.atMost("get-generation adds, ms", added.median(Handler.GET, Subject.NATIVE), 0.7);
        report.atMost("submit-generation adds, ms", added.median(Handler.SUBMIT, Subject.NATIVE), 2.5);
        report.atMost(
                "resident after %d events, most of all handlers, MiB".formatted(events),
                used.greatest(Subject.NATIVE),
                48);
    }

    private void measure(Handler handler, int warmUp, int events) throws IOException, InterruptedException {
        var processes = new ArrayList<MeasuredProcess>();
        var measured = subjects.stream()
                .filter(subject -> subject.handlers().contains(handler))
                .toList();
        try (var stubs = new Stubs(LATENCIES)) {
            for (var subject : measured) {
                var process = new MeasuredProcess(subject, handler, stubs.environment(), logs);
                processes.add(process);
                process.start();
                process.firstNext();
                started.of(handler, subject).add(process.mebibytes("VmRSS"));
            }
            for (int first = 0; first < warmUp + events; first += IN_A_ROW) {
                int last = Math.min(first + IN_A_ROW, warmUp + events);
                for (int i = 0; i < measured.size(); i++) {
                    for (int event = first; event < last; event++) {
                        event(measured.get(i), handler, processes.get(i), stubs, event >= warmUp);
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

    private void event(Subject subject, Handler handler, MeasuredProcess process, Stubs stubs, boolean counts)
            throws InterruptedException {
        long waited = stubs.nanos();
        process.send(handler::event);
        var given = process.answer();
        stubs.requireNoFailure();
        long nanos = subject.checked(handler, given).nanos();
        if (counts) {
            total.of(handler, subject).addMillis(nanos);
            added.of(handler, subject).addMillis(nanos - (stubs.nanos() - waited));
        }
    }
}
