package dev.darkroom.core.account;

import java.time.Instant;

/**
 * What is stored of an API key.
 *
 * @param owner several keys may have the same owner, so that a new key reads the generations of the one it replaces
 * @param disabled whether requests with the key are refused
 */
public record ApiKeyRecord(ApiKeyDigest digest, Owner owner, Instant createdAt, boolean disabled) {}
