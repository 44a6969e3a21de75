package dev.darkroom.core.generation;

import java.time.Instant;

/**
 * One attempt at the paid call.
 *
 * @param claim unique for each attempt, so that two claims of the same millisecond are never confused
 * @param sentAt when the row was claimed, just before the call is sent
 * @param upstreamPath the path that the call is sent to; its prediction is searched for there even if the model's path
 *     has changed
 */
public record Attempt(String claim, Instant sentAt, String upstreamPath) {}
