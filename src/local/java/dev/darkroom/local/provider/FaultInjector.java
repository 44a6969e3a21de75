package dev.darkroom.local.provider;

import dev.darkroom.local.provider.Fault.Kind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides which call meets which fault. A prompt requests faults for one call of their kind, or for good; other faults
 * are random.
 */
final class FaultInjector {

    /**
     * The subject of a call.
     *
     * @param prompt empty when the call does not concern a single prompt
     * @param prediction the prediction's id, empty before there is one
     */
    record Subject(Kind kind, String model, String prompt, String prediction) {

        Subject(Kind kind, SimulatedPrediction prediction) {
            this(kind, prediction.model(), prediction.prompt(), prediction.id());
        }
    }

    private final Random random;
    private final Map<Fault, Integer> met = new EnumMap<>(Fault.class);
    private final Set<String> askedFor = new HashSet<>();
    /** The random decisions that hold for good. */
    private final Map<Subject, Optional<Fault>> drawnForGood = new HashMap<>();

    private FaultProbabilities likely = FaultProbabilities.NONE;

    FaultInjector(long seed) {
        this.random = new Random(seed);
    }

    /** Replaces all probabilities, and drops random decisions that held for good. */
    synchronized void set(FaultProbabilities probabilities) {
        likely = probabilities;
        drawnForGood.clear();
    }

    synchronized FaultProbabilities likely() {
        return likely;
    }

    /** How many calls met each fault. */
    synchronized Map<Fault, Integer> met() {
        return new EnumMap<>(met);
    }

    /** The fault that a call meets; counts it. */
    synchronized Optional<Fault> of(Subject subject) {
        var fault = forGood(subject)
                .or(() -> first(
                        subject,
                        candidate -> isAskedForOnce(candidate, subject.prompt())
                                || isDrawn(likely.once(candidate, subject.model()))));
        fault.ifPresent(one -> met.merge(one, 1, Integer::sum));
        return fault;
    }

    /** The fault that all calls about this subject meet. */
    synchronized Optional<Fault> forGood(Subject subject) {
        return first(subject, candidate -> candidate.isAskedForForGoodBy(subject.prompt()))
                .or(() -> likely.isAnyForGood()
                        ? drawnForGood.computeIfAbsent(
                                subject,
                                _ -> first(subject, candidate -> isDrawn(likely.forGood(candidate, subject.model()))))
                        : Optional.empty());
    }

    private static Optional<Fault> first(Subject subject, Predicate<Fault> fits) {
        return Arrays.stream(Fault.values())
                .filter(candidate -> candidate.kind() == subject.kind())
                .filter(fits)
                .findFirst();
    }

    private boolean isAskedForOnce(Fault fault, String prompt) {
        return fault.isAskedForBy(prompt) && askedFor.add(fault.title() + " " + prompt);
    }

    private boolean isDrawn(double probability) {
        return random.nextDouble() < probability;
    }
}
