package dev.darkroom.local;

import dev.darkroom.local.Fault.Kind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides which call meets which fault: those that a prompt asks for, each once for a call of its kind, and those that are
 * likely in general.
 */
final class Faults {

    private final Random random;
    private final Map<Fault, Double> likely = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> met = new EnumMap<>(Fault.class);
    private final Set<String> askedFor = ConcurrentHashMap.newKeySet();

    Faults(long seed) {
        this.random = new Random(seed);
    }

    /** From now on these are met with these probabilities, from 0 to 1, and no others. */
    synchronized void set(Map<Fault, Double> probabilities) {
        likely.clear();
        likely.putAll(probabilities);
    }

    synchronized Map<Fault, Double> likely() {
        return new EnumMap<>(likely);
    }

    /** How often each was met. */
    synchronized Map<Fault, Integer> met() {
        return new EnumMap<>(met);
    }

    /** The fault that a call meets; a prompt's marker counts for one call only, or nothing would ever go on. */
    synchronized Optional<Fault> of(Kind kind, String prompt) {
        var fault = Arrays.stream(Fault.values())
                .filter(candidate -> candidate.kind() == kind)
                .filter(candidate ->
                        isMarked(candidate, prompt) || random.nextDouble() < likely.getOrDefault(candidate, 0.0))
                .findFirst();
        fault.ifPresent(one -> met.merge(one, 1, Integer::sum));
        return fault;
    }

    private boolean isMarked(Fault fault, String prompt) {
        return fault.isAskedForBy(prompt)
                && (fault.kind() == Kind.OUTCOME || askedFor.add(fault.title() + " " + prompt));
    }
}
