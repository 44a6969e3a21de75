package dev.darkroom.domain;

import java.time.Instant;

/**
 * One sending of the paid call.
 *
 * @param claim unique for each attempt, so that two claims made in the same millisecond are never taken for one
 * @param sentAt when it was claimed, just before it is sent
 * @param upstreamPath where it is sent: its prediction is searched for there, wherever the model leads by then
 */
public record Attempt(String claim, Instant sentAt, String upstreamPath) {}
