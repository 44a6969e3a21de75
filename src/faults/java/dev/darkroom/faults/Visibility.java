package dev.darkroom.faults;

import java.time.Duration;
import java.util.List;

/** The time from the provider's finished images to the completed row. */
record Visibility(int rows, Duration median, Duration p90, Duration max) {

    private static final Visibility OF_NONE = new Visibility(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    static Visibility of(List<Duration> times) {
        if (times.isEmpty()) {
            return OF_NONE;
        }
        var sorted = times.stream().sorted().toList();
        return new Visibility(sorted.size(), at(sorted, 50), at(sorted, 90), sorted.getLast());
    }

    private static Duration at(List<Duration> sorted, int percent) {
        return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }

    @Override
    public String toString() {
        return "%d rows, median %.1f s, p90 %.1f s, max %.1f s"
                .formatted(rows, seconds(median), seconds(p90), seconds(max));
    }

    static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
