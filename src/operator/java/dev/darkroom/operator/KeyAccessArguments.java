package dev.darkroom.operator;

import dev.darkroom.core.account.KeyAccess;
import dev.darkroom.core.account.KeyRole;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** The access in the arguments of a command: {@code ROLE} and {@code EXPIRES}, the last day on which the key works. */
final class KeyAccessArguments {

    private KeyAccessArguments() {}

    /** An empty argument is the usual role, or no expiry. */
    static KeyAccess read(String role, String expires) {
        return new KeyAccess(role.isBlank() ? KeyAccess.USUAL.role() : role(role), end(expires));
    }

    private static KeyRole role(String title) {
        return KeyRole.of(title)
                .orElseThrow(() -> new OperatorException("ROLE must be generate, read or admin, not " + title));
    }

    private static Optional<Instant> end(String lastDay) {
        try {
            return lastDay.isBlank()
                    ? Optional.empty()
                    : Optional.of(LocalDate.parse(lastDay)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant());
        } catch (DateTimeException _) {
            throw new OperatorException("EXPIRES must be a day such as 2027-01-31, not " + lastDay);
        }
    }
}
