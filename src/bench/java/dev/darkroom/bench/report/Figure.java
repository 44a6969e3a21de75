package dev.darkroom.bench.report;

import dev.darkroom.bench.subject.Candidate;
import dev.darkroom.bench.subject.Handler;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** One figure of all handlers and candidates that have it. */
public final class Figure {

    private final String name;
    private final String unit;
    private final Map<Handler, Map<String, Samples>> samples = new EnumMap<>(Handler.class);

    public Figure(String name, String unit) {
        this.name = name;
        this.unit = unit;
    }

    /** Where to put what is measured. */
    public Samples of(Handler handler, Candidate candidate) {
        return samples.computeIfAbsent(handler, _ -> new LinkedHashMap<>())
                .computeIfAbsent(candidate.name(), _ -> new Samples());
    }

    /** Reports a row for each handler and candidate. */
    public void print(Report report) {
        samples.forEach((handler, candidates) ->
                candidates.forEach((candidate, each) -> report.row(name, handler.function(), candidate, unit, each)));
    }

    /** Empty when it was not measured. */
    public OptionalDouble median(Handler handler, String candidate) {
        var found = samples.getOrDefault(handler, Map.of()).get(candidate);
        return found == null ? OptionalDouble.empty() : OptionalDouble.of(found.median());
    }

    /** The greatest median of all handlers. */
    public OptionalDouble greatest(String candidate) {
        return Arrays.stream(Handler.values())
                .flatMapToDouble(handler -> median(handler, candidate).stream())
                .max();
    }

    /** How many times longer the other candidate takes than the native artifact. */
    public OptionalDouble timesFaster(Handler handler, String other) {
        return ratio(median(handler, other), median(handler, Candidate.NATIVE));
    }

    /** Empty when one of them is. */
    public static OptionalDouble ratio(OptionalDouble dividend, OptionalDouble divisor) {
        return dividend.isPresent() && divisor.isPresent()
                ? OptionalDouble.of(dividend.getAsDouble() / divisor.getAsDouble())
                : OptionalDouble.empty();
    }
}
