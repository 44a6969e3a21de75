package dev.darkroom.bench;

import java.util.Locale;

/** The parts of {@code make bench}, in their order. */
enum Section {
    COLD,
    WARM,
    SWEEP,
    GATE,
    UNITS,
    VISIBILITY;

    /** As it is named on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
