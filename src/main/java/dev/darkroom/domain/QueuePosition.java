package dev.darkroom.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a request waits in the queue. Both are estimates: requests ask for one to four images, and other owners may come.
 *
 * @param position 1 for the next
 * @param startsAt when it is submitted; empty when no rate is configured from which that could be computed
 */
public record QueuePosition(long position, Optional<Instant> startsAt) {}
