package dev.darkroom.core.text;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of ids and keys. */
public final class Sha256 {

    private Sha256() {}

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
