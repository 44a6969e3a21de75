package dev.darkroom.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The values of a measurement that was repeated. */
public final class Samples {

    private final List<Double> values = new ArrayList<>();

    public static Samples of(double value) {
        var samples = new Samples();
        samples.add(value);
        return samples;
    }

    public void add(double value) {
        values.add(value);
    }

    public void addMillis(long nanos) {
        values.add(nanos / 1e6);
    }

    public int count() {
        return values.size();
    }

    public double sum() {
        return values.stream().mapToDouble(value -> value).sum();
    }

    /** The mean of the middle two if their number is even. */
    public double median() {
        var sorted = sorted();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double max() {
        return percentile(100);
    }

    /** By the nearest rank; 0 gives the smallest value. */
    public double percentile(int percent) {
        var sorted = sorted();
        int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
        return sorted.get(Math.max(0, rank - 1));
    }

    private List<Double> sorted() {
        if (values.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted;
    }
}
