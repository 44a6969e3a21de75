package dev.darkroom.core.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A circuit for each host of receivers and API key, in this process. After five failures in a row within a minute, nothing is sent
 * to the host for 30 s, and for longer each time, up to five minutes. A host that answers that it is busy is left alone
 * at once.
 */
final class ReceiverCircuits {

    private static final int THRESHOLD = 5;
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MAX_HOSTS = 10_000;

    private record Health(int failures, int openings, Instant lastFailure, Instant openUntil) {}

    private final Map<Receiver.Host, Health> hosts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Receiver.Host, Health> eldest) {
            return size() > MAX_HOSTS;
        }
    };

    /** Until when nothing is sent to the host; empty when something may be. */
    synchronized Optional<Instant> openUntil(Receiver.Host host, Instant now) {
        var health = hosts.get(host);
        return health == null || !health.openUntil().isAfter(now) ? Optional.empty() : Optional.of(health.openUntil());
    }

    synchronized void succeeded(Receiver.Host host) {
        hosts.remove(host);
    }

    /** {@code pause} is what the host has asked for; empty when it has not. */
    synchronized void failed(Receiver.Host host, Optional<Duration> pause, Instant now) {
        var before = hosts.remove(host);
        int failures = before != null && before.lastFailure().plus(MEMORY).isAfter(now) ? before.failures() + 1 : 1;
        int openings = before == null || before.openUntil().plus(LONGEST).isBefore(now) ? 0 : before.openings();
        boolean opens = failures >= THRESHOLD || pause.isPresent();
        var until = opens ? now.plus(longer(pause, openings)) : Instant.MIN;
        hosts.put(host, new Health(opens ? 0 : failures, opens ? openings + 1 : openings, now, until));
    }

    private static Duration longer(Optional<Duration> pause, int openings) {
        var own = FIRST.multipliedBy(1L << Math.min(openings, 4));
        var wanted = pause.orElse(own);
        return wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
    }
}
