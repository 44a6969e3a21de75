package dev.darkroom.core.money;

/**
 * What one version of a row changes in the counters of its windows. The write of that version makes the change, in one
 * transaction, so the change happens exactly once.
 *
 * @param version the version of the row
 * @param heldMicros what is held more, or less when negative, in micro-dollars
 * @param spentMicros what is spent more, or less when negative, in micro-dollars
 */
public record Posting(long version, long heldMicros, long spentMicros) {

    /** The change of what is held and spent together. */
    public long committedMicros() {
        return Math.addExact(heldMicros, spentMicros);
    }
}
