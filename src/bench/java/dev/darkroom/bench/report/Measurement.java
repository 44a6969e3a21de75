package dev.darkroom.bench.report;

import dev.darkroom.bench.subject.Handler;
import dev.darkroom.bench.subject.Subject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** One measurement, with the samples of each handler and subject that has it. */
public final class Measurement {

    private final String name;
    private final String unit;
    private final Map<Handler, Map<String, Samples>> samples = new EnumMap<>(Handler.class);

    public Measurement(String name, String unit) {
        this.name = name;
        this.unit = unit;
    }

    /** The samples of a handler and a subject, for adding values. */
    public Samples of(Handler handler, Subject subject) {
        return samples.computeIfAbsent(handler, _ -> new LinkedHashMap<>())
                .computeIfAbsent(subject.name(), _ -> new Samples());
    }

    /** Reports a row for each handler and subject. */
    public void print(Report report) {
        samples.forEach((handler, subjects) ->
                subjects.forEach((subject, each) -> report.row(name, handler.function(), subject, unit, each)));
    }

    /** Empty when it was not measured. */
    public OptionalDouble median(Handler handler, String subject) {
        var found = samples.getOrDefault(handler, Map.of()).get(subject);
        return found == null ? OptionalDouble.empty() : OptionalDouble.of(found.median());
    }

    /** The greatest median of all handlers. */
    public OptionalDouble greatest(String subject) {
        return Arrays.stream(Handler.values())
                .flatMapToDouble(handler -> median(handler, subject).stream())
                .max();
    }

    /** How many times longer the other subject takes than the native artifact. */
    public OptionalDouble timesFaster(Handler handler, String other) {
        return ratio(median(handler, other), median(handler, Subject.NATIVE));
    }

    /** Empty when one of the two is empty. */
    public static OptionalDouble ratio(OptionalDouble dividend, OptionalDouble divisor) {
        return dividend.isPresent() && divisor.isPresent()
                ? OptionalDouble.of(dividend.getAsDouble() / divisor.getAsDouble())
                : OptionalDouble.empty();
    }
}
