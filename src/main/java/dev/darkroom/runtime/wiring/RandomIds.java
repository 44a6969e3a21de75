package dev.darkroom.runtime.wiring;

import java.util.UUID;

/** Ids that no other process makes. */
final class RandomIds {

    private RandomIds() {}

    /** 32 lower-case hexadecimal digits, 122 bits of them random. */
    static String next() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
