package dev.darkroom.bench;

import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.report.Samples;
import dev.darkroom.bench.stub.CapacityProxy;
import dev.darkroom.bench.stub.CapacityProxy.Use;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;

/** What a caller costs that waits for an image which does not come: CPU time of the function, and read units. */
final class WaitBenchmark {

    /** Longer than all waits together. */
    private static final Duration IMAGE_TIME = Duration.ofHours(1);

    private static final String FUNCTION = "submit-generation";
    private static final double MAX_CPU_SECONDS = 0.1;

    private final BenchmarkPlan.Waits plan;
    private final Samples cpu = new Samples();
    private final Samples reads = new Samples();
    private final Samples late = new Samples();

    WaitBenchmark(BenchmarkPlan.Waits plan) {
        this.plan = plan;
    }

    void run(Report report, PlatformOptions platformOptions, String artifact) throws IOException, InterruptedException {
        report.section("wait", """
            %d callers on the local platform (%s), one after the other, after one that does not count. Each waits %d s
            for an image that is not ready by then. CPU time is that of all processes of submit-generation, the
            submission included. Read units are those of the row, as DynamoDB Local counts them, with those of the
            sweep.""".formatted(plan.count(), artifact, plan.seconds()));
        try (var proxy = new CapacityProxy()) {
            var options = platformOptions
                    .withImageTime(IMAGE_TIME)
                    .withTick(Duration.ofHours(1))
                    .withTableThrough(proxy::before);
            try (var platform = Platform.start(options);
                    var client = GatewayClient.of(platform)) {
                client.submitAndWait("benchmark", 1);
                for (int i = 0; i < plan.count(); i++) {
                    measure(client, platform, proxy, "benchmark " + i);
                }
            }
        }
        report.row("CPU time of a wait", "s", cpu);
        report.row("read units of the row", "RCU", reads);
        report.row("answered, after the end of the wait", "ms", late);
        report.atMost("CPU time of a wait, s", OptionalDouble.of(cpu.median()), MAX_CPU_SECONDS);
        // One at the end, and one for each step of the sweep that reads the row.
        report.atMost("read units in a second of a wait", OptionalDouble.of(reads.median() / plan.seconds()), 2.5);
    }

    private void measure(GatewayClient client, Platform platform, CapacityProxy proxy, String prompt)
            throws IOException, InterruptedException {
        proxy.drain();
        double before = cpuSeconds(platform);
        long sent = System.nanoTime();
        var answer = client.submitAndWait(prompt, plan.seconds());
        double seconds = (System.nanoTime() - sent) / 1e9;
        cpu.add(cpuSeconds(platform) - before);
        late.add((seconds - plan.seconds()) * 1_000);
        var id = answer.path("id").asText();
        reads.add(proxy.drain().stream()
                .filter(use -> !use.isWrite() && use.key().equals(id))
                .mapToDouble(Use::units)
                .sum());
        proxy.requireNoFailure();
    }

    private static double cpuSeconds(Platform platform) {
        return platform.processes(FUNCTION).stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToDouble(time -> time.toNanos() / 1e9)
                .sum();
    }
}
