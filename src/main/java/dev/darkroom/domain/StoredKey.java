package dev.darkroom.domain;

import java.time.Instant;

/**
 * What is kept of an API key.
 *
 * @param owner several keys may have the same, so that one can be replaced without losing anything
 * @param disabled whether it no longer opens anything
 */
public record StoredKey(KeyDigest digest, Owner owner, Instant createdAt, boolean disabled) {}
