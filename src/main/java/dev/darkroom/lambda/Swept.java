package dev.darkroom.lambda;

import dev.darkroom.application.SweepReport;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What a sweep answers; see {@link SweepReport}. */
@RegisterForReflection
record Swept(int steps, int finished, int failures) {

    static Swept of(SweepReport report) {
        return new Swept(report.steps(), report.finished(), report.failures());
    }
}
