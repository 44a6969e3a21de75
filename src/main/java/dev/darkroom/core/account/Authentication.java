package dev.darkroom.core.account;

/** What an API key is worth. */
public sealed interface Authentication {

    record Accepted(Caller caller) implements Authentication {}

    /** The key was valid until it was disabled. */
    record Disabled(ApiKeyId key) implements Authentication {}

    /** The key was valid until its expiry. */
    record Expired(ApiKeyId key) implements Authentication {}

    /** No such key is stored. */
    record Unknown() implements Authentication {}
}
