package dev.darkroom.bench;

import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.subject.Handler;
import dev.darkroom.bench.subject.Subject;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures what traces add to a start: the same artifact without and with them, in turn. */
final class TracedStarts {

    static final String TRACES = ", traces";

    private final Subject subject;
    private final Path logs;

    TracedStarts(Subject subject, Path logs) {
        this.subject = subject.with(Set.of(Handler.SUBMIT, Handler.GET));
        this.logs = logs;
    }

    /** The socket of a daemon that reads nothing, as it costs a function the same. */
    void run(Report report, int repetitions) throws IOException, InterruptedException {
        try (var daemon = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            var traced = subject.with(
                    subject.name() + TRACES,
                    Map.of(
                            "DARKROOM_AWS_TRACING",
                            "true",
                            "AWS_XRAY_DAEMON_ADDRESS",
                            "127.0.0.1:" + daemon.getLocalPort()));
            new ColdStarts(List.of(subject, traced), logs).measure("traces", report, repetitions);
        }
    }
}
