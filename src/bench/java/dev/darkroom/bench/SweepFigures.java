package dev.darkroom.bench;

import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.report.Samples;
import dev.darkroom.bench.stub.SlowProviderStub;
import dev.darkroom.bench.subject.MeasuredProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Measures a sweep from outside its process, once a second. */
final class SweepFigures {

    private final Samples intake = new Samples();
    private final Samples polls = new Samples();
    private final Samples resident = new Samples();
    private final Samples peak = new Samples();
    private final Samples ownCores = new Samples();
    private final Samples tableCores = new Samples();
    private final Samples providerCores = new Samples();

    /** CPU time so far. */
    private record Cpu(Duration function, Duration table, Duration benchmark) {

        static Cpu now(ProcessHandle function) {
            var own = used(function);
            var children = ProcessHandle.current().children().map(Cpu::used).reduce(Duration.ZERO, Duration::plus);
            return new Cpu(own, children.minus(own), used(ProcessHandle.current()));
        }

        private static Duration used(ProcessHandle process) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }
    }

    Samples polls() {
        return polls;
    }

    Samples peak() {
        return peak;
    }

    void tookIn(long nanos) {
        intake.add(nanos / 1e9);
    }

    void watch(int seconds, SlowProviderStub provider, MeasuredProcess process)
            throws IOException, InterruptedException {
        var cpu = Cpu.now(process.handle());
        long beganAt = System.nanoTime();
        long at = beganAt;
        long before = provider.polls();
        for (int i = 1; i <= seconds; i++) {
            TimeUnit.NANOSECONDS.sleep(beganAt + TimeUnit.SECONDS.toNanos(i) - System.nanoTime());
            long now = System.nanoTime();
            long count = provider.polls();
            polls.add((count - before) * 1e9 / (now - at));
            resident.add(process.mebibytes("VmRSS"));
            before = count;
            at = now;
        }
        peak.add(process.mebibytes("VmHWM"));
        var used = Cpu.now(process.handle());
        double elapsed = at - beganAt;
        ownCores.add(used.function().minus(cpu.function()).toNanos() / elapsed);
        tableCores.add(used.table().minus(cpu.table()).toNanos() / elapsed);
        providerCores.add(used.benchmark().minus(cpu.benchmark()).toNanos() / elapsed);
    }

    void print(Report report, String subject) {
        report.row("polls a second, ", "", subject, "1/s", polls);
        report.row("every row was asked for once, ", "", subject, "s", intake);
        report.row("resident, ", "", subject, "MiB", resident);
        report.row("peak resident, ", "", subject, "MiB", peak);
        report.row("cores: the function, ", "", subject, "", ownCores);
        report.row("cores: DynamoDB Local, ", "", subject, "", tableCores);
        report.row("cores: the provider's stub, ", "", subject, "", providerCores);
    }
}
