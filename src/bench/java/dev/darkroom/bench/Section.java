package dev.darkroom.bench;

import java.util.Locale;

/** The parts of {@code make bench}, in their order. */
enum Section {
    COLD,
    WARM,
    TRACES,
    PATH,
    SWEEP,
    GATE,
    BUDGET,
    UNITS,
    LINKS,
    VISIBILITY,
    WAIT,
    WEBHOOKS;

    /** The section's name in {@code SECTION}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
