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

/** Measures the time from a process's start to its first request for an event, and to its first answer. */
final class ColdStarts {

    private static final Stubs.Latencies LATENCIES = new Stubs.Latencies(4, 150, 40, 5);

    private final List<Subject> subjects;
    private final Path logs;
    private final Measurement next = new Measurement("first /next", "ms");
    private final Measurement answer = new Measurement("first answer", "ms");
    private final Measurement own = new Measurement("own part", "ms");

    ColdStarts(List<Subject> subjects, Path logs) {
        this.subjects = subjects;
        this.logs = logs;
    }

    void run(Report report, int repetitions) throws IOException, InterruptedException {
        measure("cold start", report, repetitions);
        targets(report);
    }

    /** Without targets, as a section with this title. */
    void measure(String title, Report report, int repetitions) throws IOException, InterruptedException {
        int uncounted = repetitions > 1 ? 1 : 0;
        report.section(title, """
            A process for each figure, the subjects in turn within each of %d repetitions, after %d that do not count.
            Stubs on loopback, no TLS: %s. The executables are in the page cache.
            The own part is the first answer less the time that the table and the provider took, which is the same for all.""".formatted(repetitions, uncounted, LATENCIES));
        try (var stubs = new Stubs(LATENCIES)) {
            for (int i = -uncounted; i < repetitions; i++) {
                for (var handler : Handler.values()) {
                    for (var subject : subjects) {
                        if (subject.handlers().contains(handler)) {
                            start(subject, handler, stubs, i >= 0);
                        }
                    }
                }
            }
        }
        next.print(report);
        answer.print(report);
        own.print(report);
    }

    private void start(Subject subject, Handler handler, Stubs stubs, boolean counts)
            throws IOException, InterruptedException {
        try (var process = new MeasuredProcess(subject, handler, stubs.environment(), logs)) {
            long waited = stubs.nanos();
            process.send(handler::event);
            long startedAt = process.start();
            long nextAt = process.firstNext();
            var given = process.answer();
            stubs.requireNoFailure();
            long answeredAt = subject.checked(handler, given).arrivedAt();
            if (counts) {
                next.of(handler, subject).addMillis(nextAt - startedAt);
                answer.of(handler, subject).addMillis(answeredAt - startedAt);
                own.of(handler, subject).addMillis(answeredAt - startedAt - (stubs.nanos() - waited));
            }
        }
    }

    private void targets(Report report) {
        for (var handler : Handler.values()) {
            report.atLeast(
                    "first /next of %s: times faster than on the JVM".formatted(handler.function()),
                    next.timesFaster(handler, Subject.JVM),
                    60);
        }
        report.atLeast(
                "first /next of get-generation: times faster than Node's",
                next.timesFaster(Handler.GET, Subject.NODE),
                10);
        report.atLeast(
                "first /next of get-generation: times faster than Node's, bundled",
                next.timesFaster(Handler.GET, Subject.BUNDLED),
                10);
        report.atMost(
                "first /next of the slowest handler: times a plain GraalVM program's",
                Measurement.ratio(next.greatest(Subject.NATIVE), next.greatest(Subject.PLAIN)),
                2);
        for (var handler : Handler.values()) {
            var name = "first answer of %s%s: times faster than on the JVM";
            report.atLeast(name.formatted(handler.function(), ""), answer.timesFaster(handler, Subject.JVM), 40);
            report.atLeast(name.formatted(handler.function(), ", own"), own.timesFaster(handler, Subject.JVM), 40);
        }
    }
}
