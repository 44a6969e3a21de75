package dev.darkroom.http;

/** The gateway's address for callers: scheme, host and anything before the API's root, such as a stage. */
public record PublicUrl(String base) {}
