package dev.darkroom.core.account;

import java.time.Instant;
import java.util.Optional;

/**
 * What an API key gives access to, and for how long.
 *
 * @param expiresAt from then on requests with the key are refused; empty when it never expires
 */
public record KeyAccess(KeyRole role, Optional<Instant> expiresAt) {

    /** A key that may submit and never expires. */
    public static final KeyAccess USUAL = new KeyAccess(KeyRole.GENERATE, Optional.empty());

    public boolean isExpiredAt(Instant now) {
        return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
    }
}
