package dev.darkroom.core.ratelimit;

import java.time.Instant;
import java.util.Optional;

/**
 * The position of a request in the queue. Both values are estimates, because requests ask for one to four images and
 * other owners may join.
 *
 * @param position 1 for the next
 * @param startsAt when it is submitted; empty when no rate is configured to compute it from
 */
public record QueuePosition(long position, Optional<Instant> startsAt) {}
