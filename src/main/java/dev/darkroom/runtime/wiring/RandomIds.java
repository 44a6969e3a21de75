package dev.darkroom.runtime.wiring;

import dev.darkroom.core.generation.LinkToken;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/** Ids that no other process makes. */
final class RandomIds {

    private RandomIds() {}

    /** 128 random bits. The generator is made here, because a native image must not have a seeded one. */
    static LinkToken linkToken() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return new LinkToken(HexFormat.of().formatHex(bytes));
    }

    /** 32 lower-case hexadecimal digits, 122 bits of them random. */
    static String next() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
