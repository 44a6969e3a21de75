package dev.darkroom.faults.clients;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Chooses the faults of a line. Each kind comes once, in a random order, before one comes again. */
final class LineFaults {

    private final double broken;
    private final Random random;
    private final List<LineFault> deck = new ArrayList<>();
    private final Map<LineFault, Integer> met = new EnumMap<>(LineFault.class);

    /** {@code broken} is the share of the requests that have a fault, from 0 to 1. */
    LineFaults(double broken, Random random) {
        this.broken = broken;
        this.random = random;
    }

    /** The fault of the next request, if it has one. */
    synchronized Optional<LineFault> next() {
        if (random.nextDouble() >= broken) {
            return Optional.empty();
        }
        if (deck.isEmpty()) {
            deck.addAll(List.of(LineFault.values()));
            Collections.shuffle(deck, random);
        }
        var fault = deck.removeLast();
        met.merge(fault, 1, Integer::sum);
        return Optional.of(fault);
    }

    /** The number of faults of each kind. */
    synchronized Map<LineFault, Integer> met() {
        return Map.copyOf(met);
    }
}
