package dev.darkroom.core.account;

import dev.darkroom.core.money.KeyBudget;
import java.time.Instant;

/**
 * What is stored of an API key.
 *
 * @param owner several keys may have the same owner, so that a new key reads the generations of the one it replaces
 * @param disabled whether requests with the key are refused
 * @param budget what the requests with the key may cost
 * @param access what the requests with the key may do, and how long
 */
public record ApiKeyRecord(
        ApiKeyDigest digest, Owner owner, Instant createdAt, boolean disabled, KeyBudget budget, KeyAccess access) {

    /** A key with the usual access. */
    public ApiKeyRecord(ApiKeyDigest digest, Owner owner, Instant createdAt, boolean disabled, KeyBudget budget) {
        this(digest, owner, createdAt, disabled, budget, KeyAccess.USUAL);
    }

    /** A key without a budget, with the usual access. */
    public ApiKeyRecord(ApiKeyDigest digest, Owner owner, Instant createdAt, boolean disabled) {
        this(digest, owner, createdAt, disabled, KeyBudget.NONE);
    }

    /** The same key, disabled. */
    public ApiKeyRecord disable() {
        return new ApiKeyRecord(digest, owner, createdAt, true, budget, access);
    }

    /** The same key with another budget. */
    public ApiKeyRecord with(KeyBudget other) {
        return new ApiKeyRecord(digest, owner, createdAt, disabled, other, access);
    }

    /** The same key with another access. */
    public ApiKeyRecord with(KeyAccess other) {
        return new ApiKeyRecord(digest, owner, createdAt, disabled, budget, other);
    }
}
