package dev.darkroom.bench;

import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.subject.Candidate;
import dev.darkroom.local.PlatformOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Measures a section and reports its figures; what cannot be measured is an {@link IllegalStateException}. */
final class Sections {

    private final List<Candidate> candidates;
    private final PlatformOptions platform;
    private final BenchmarkPlan plan;
    private final Path logs;

    /** The first candidate alone runs on the platform and shares the gate. */
    Sections(List<Candidate> candidates, PlatformOptions platform, BenchmarkPlan plan, Path logs) {
        this.candidates = candidates;
        this.platform = platform;
        this.plan = plan;
        this.logs = logs;
    }

    void run(Section section, Report report) throws IOException, InterruptedException {
        var artifact = candidates.getFirst().name();
        switch (section) {
            case COLD -> new ColdStarts(candidates, logs).run(report, plan.starts());
            case WARM -> new WarmLatency(candidates, logs).run(report, plan.events());
            case SWEEP -> new SweepThroughput(candidates, logs).run(report, plan.sweeps());
            case GATE -> new GateContention(candidates.getFirst(), logs).run(report, plan.load());
            case UNITS -> new WriteUnits(plan.onPlatform().generations()).run(report, platform, artifact);
            case VISIBILITY -> new VisibilityBenchmark(plan.onPlatform().images()).run(report, platform, artifact);
        }
    }
}
