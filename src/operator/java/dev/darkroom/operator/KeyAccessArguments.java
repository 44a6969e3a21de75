package dev.darkroom.operator;

import dev.darkroom.core.account.KeyAccess;
import dev.darkroom.core.account.KeyRole;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The access in the arguments of a command: {@code ROLE} and {@code EXPIRES}, the last day on which the key works. What
 * is left out stays as it was.
 */
record KeyAccessArguments(String role, String expires) {

    private static final String NEVER = "never";

    boolean isEmpty() {
        return role.isBlank() && expires.isBlank();
    }

    /** Throws an {@link OperatorException} that says what is wrong; {@code before} is the access that the key has. */
    KeyAccess changed(KeyAccess before, Instant now) {
        return new KeyAccess(role.isBlank() ? before.role() : role(role), end(before, now));
    }

    private static KeyRole role(String title) {
        return KeyRole.of(title)
                .orElseThrow(() -> new OperatorException("ROLE must be generate, read or admin, not " + title));
    }

    private Optional<Instant> end(KeyAccess before, Instant now) {
        if (expires.isBlank()) {
            return before.expiresAt();
        }
        if (expires.equals(NEVER)) {
            return Optional.empty();
        }
        var end = end();
        if (!end.isAfter(now)) {
            throw new OperatorException(
                    "EXPIRES must be today or later, not %s; to stop a key: make key-disable ID=…".formatted(expires));
        }
        return Optional.of(end);
    }

    private Instant end() {
        try {
            return LocalDate.parse(expires)
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeException _) {
            throw new OperatorException("EXPIRES must be a day such as 2027-01-31, or never, not " + expires);
        }
    }
}
