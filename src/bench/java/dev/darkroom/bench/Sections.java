package dev.darkroom.bench;

import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.subject.Subject;
import dev.darkroom.local.PlatformOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Measures a section and reports its figures; what cannot be measured is an {@link IllegalStateException}. */
final class Sections {

    private final List<Subject> subjects;
    private final PlatformOptions platform;
    private final BenchmarkPlan plan;
    private final Path logs;

    /** Only the first subject is measured on the platform, at the submission gate and with guessed links. */
    Sections(List<Subject> subjects, PlatformOptions platform, BenchmarkPlan plan, Path logs) {
        this.subjects = subjects;
        this.platform = platform;
        this.plan = plan;
        this.logs = logs;
    }

    void run(Section section, Report report) throws IOException, InterruptedException {
        var artifact = subjects.getFirst().name();
        switch (section) {
            case COLD -> new ColdStarts(subjects, logs).run(report, plan.starts());
            case WARM -> new WarmLatency(subjects, logs).run(report, plan.events());
            case TRACES -> new TracedStarts(subjects.getFirst(), logs).run(report, plan.starts());
            case PATH -> new PathLatency(plan.starts(), plan.events()).run(report, platform, artifact);
            case SWEEP -> new SweepThroughput(subjects, logs).run(report, plan.sweeps());
            case GATE ->
                new GateContention(subjects.getFirst(), logs)
                        .run(report, plan.loads().gate());
            case BUDGET ->
                new BudgetContention(Path.of("").toAbsolutePath())
                        .run(report, plan.loads().budget());
            case UNITS -> new WriteUnits(plan.onPlatform().generations()).run(report, platform, artifact);
            case LINKS -> new LinkGuesses(subjects.getFirst(), logs).run(report, plan.events());
            case VISIBILITY -> new VisibilityBenchmark(plan.onPlatform().images()).run(report, platform, artifact);
            case WAIT -> new WaitBenchmark(plan.onPlatform().waits()).run(report, platform, artifact);
            case WEBHOOKS -> new WebhookBenchmark(plan.onPlatform().webhooks()).run(report, platform, artifact);
        }
    }
}
