package dev.darkroom.explorer;

import dev.darkroom.explorer.Explorer.Exploration;
import dev.darkroom.simulation.SingleCarrier;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The result of exploring some scenarios without a violation. */
record Report(List<Line> lines) {

    private static final String HEAD = """
            | scenario | executions | all with up to so many deviations | longest, choices | CPU, s |
            | --- | --- | --- | --- | --- |
            """;

    /**
     * One scenario.
     *
     * @param cpu the CPU time that its executions took
     */
    record Line(String scenario, Exploration exploration, Duration cpu) {}

    Report {
        lines = List.copyOf(lines);
    }

    /**
     * Explores the scenarios, which share this number of executions. Throws {@link Violation} for the first that breaks
     * a promise.
     */
    static Report of(List<Scenario> scenarios, int executions) {
        var carrier = new SingleCarrier();
        var lines = new ArrayList<Line>();
        int left = executions;
        for (var scenario : scenarios) {
            var before = cpu();
            // The executions that one scenario leaves over go to those after it.
            var exploration = Explorer.explore(
                    choices -> scenario.run(carrier, choices), left / (scenarios.size() - lines.size()));
            left -= exploration.executions();
            lines.add(new Line(scenario.name(), exploration, cpu().minus(before)));
        }
        return new Report(lines);
    }

    private static Duration cpu() {
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    int executions() {
        return lines.stream().mapToInt(line -> line.exploration().executions()).sum();
    }

    /** The report as a table in Markdown. */
    @Override
    public String toString() {
        return lines.stream()
                .map(line -> String.format(
                        Locale.ROOT,
                        "| %s | %d | %d | %d | %.1f |%n",
                        line.scenario(),
                        line.exploration().executions(),
                        line.exploration().complete(),
                        line.exploration().longest(),
                        line.cpu().toMillis() / 1e3))
                .collect(Collectors.joining("", HEAD, "%d executions, no violation%n".formatted(executions())));
    }
}
