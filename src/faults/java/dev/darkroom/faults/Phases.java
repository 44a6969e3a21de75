package dev.darkroom.faults;

import dev.darkroom.faults.audit.Row;
import dev.darkroom.local.provider.ProviderSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The times at which the phases of a run began.
 *
 * @param changedAt the functions got other settings, in the middle of the faults
 * @param calmAt the transient faults ended
 * @param outAt the provider refused submissions too, and the limits became short
 * @param backAt both had ended
 */
record Phases(Instant startedAt, Instant changedAt, Instant calmAt, Instant outAt, Instant backAt, Instant endedAt) {

    /** Times of the generations without a permanent fault, by the phase in which they were requested. */
    Map<String, Visibility> visibility(List<Row> rows, Requests requests, ProviderSimulator simulator) {
        var healthy = rows.stream()
                .filter(row -> requests.of(row).isHealthy() && row.isCompleted())
                .toList();
        var phases = new LinkedHashMap<String, Visibility>();
        phases.put("faults", of(healthy, simulator, row -> row.createdAt().isBefore(changedAt)));
        phases.put(
                "changed",
                of(
                        healthy,
                        simulator,
                        row -> !row.createdAt().isBefore(changedAt)
                                && row.createdAt().isBefore(outAt)));
        phases.put("recovered", of(healthy, simulator, row -> !row.createdAt().isBefore(backAt)));
        return phases;
    }

    @Override
    public String toString() {
        return "faults %.1f s (other settings after %.1f s), at rest after %.1f s, out for %.1f s, over after %.1f s"
                .formatted(
                        seconds(startedAt, calmAt),
                        seconds(startedAt, changedAt),
                        seconds(calmAt, outAt),
                        seconds(outAt, backAt),
                        seconds(backAt, endedAt));
    }

    private static double seconds(Instant from, Instant to) {
        return Visibility.seconds(Duration.between(from, to));
    }

    private static Visibility of(List<Row> rows, ProviderSimulator simulator, Predicate<Row> phase) {
        return Visibility.of(rows.stream()
                .filter(phase)
                .map(row -> Duration.between(
                        simulator.readyAt(row.prediction().orElseThrow()),
                        row.finishedAt().orElseThrow()))
                .map(time -> time.isNegative() ? Duration.ZERO : time)
                .toList());
    }
}
