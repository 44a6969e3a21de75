package dev.darkroom.core.account;

/**
 * Who sends a request.
 *
 * @param owner of everything that the request stores and reads
 * @param key the API key that the request was sent with
 */
public record Caller(Owner owner, ApiKeyId key) {}
