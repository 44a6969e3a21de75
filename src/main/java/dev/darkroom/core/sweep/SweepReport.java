package dev.darkroom.core.sweep;

/**
 * What a sweep did.
 *
 * @param steps steps that did more than read
 * @param finished rows that are terminal now
 * @param failures steps that ended in an exception
 */
public record SweepReport(int steps, int finished, int failures) {

    SweepReport plus(SweepReport other) {
        return new SweepReport(steps + other.steps, finished + other.finished, failures + other.failures);
    }
}
