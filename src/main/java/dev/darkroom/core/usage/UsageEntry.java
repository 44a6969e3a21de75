package dev.darkroom.core.usage;

/** What one group has used. */
public record UsageEntry(UsageGroup group, UsageCount count) {}
