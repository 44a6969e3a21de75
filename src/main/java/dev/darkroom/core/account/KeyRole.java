package dev.darkroom.core.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What requests with an API key may do. Each role may do what the one before it may. */
public enum KeyRole {
    /** Read its owner's generations and usage, the models, prices and the balance, and ask what a request costs. */
    READ,

    /** Submit, cancel and delete. */
    GENERATE,

    /** Read the usage of all owners. */
    ADMIN;

    /** The name as it is stored and shown: lower case. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<KeyRole> of(String title) {
        return Arrays.stream(values())
                .filter(role -> role.title().equals(title))
                .findFirst();
    }

    /** Whether this role may do what the other one may. */
    public boolean includes(KeyRole other) {
        return compareTo(other) >= 0;
    }
}
