package dev.darkroom.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was measured, again and again. */
final class Samples {

    private final List<Double> values = new ArrayList<>();

    static Samples of(double value) {
        var samples = new Samples();
        samples.add(value);
        return samples;
    }

    void add(double value) {
        values.add(value);
    }

    void addMillis(long nanos) {
        values.add(nanos / 1e6);
    }

    int count() {
        return values.size();
    }

    double median() {
        return percentile(50);
    }

    double max() {
        return percentile(100);
    }

    /** The nearest rank; 0 is the least. */
    double percentile(int percent) {
        if (values.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
        return sorted.get(Math.max(0, rank - 1));
    }
}
