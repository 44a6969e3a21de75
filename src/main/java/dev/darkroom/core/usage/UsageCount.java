package dev.darkroom.core.usage;

/**
 * How much was used.
 *
 * @param generations requests whose cost is settled, each once, however often it was sent
 * @param failed those of them that ended without images
 * @param images that were made
 * @param chargedMicros what the ledger has charged, in micro-dollars. A part of a day may be negative, after a refund
 */
public record UsageCount(long generations, long failed, long images, long chargedMicros) {

    public static final UsageCount ZERO = new UsageCount(0, 0, 0, 0);

    public UsageCount plus(UsageCount other) {
        return new UsageCount(
                Math.addExact(generations, other.generations),
                Math.addExact(failed, other.failed),
                Math.addExact(images, other.images),
                Math.addExact(chargedMicros, other.chargedMicros));
    }
}
