package dev.darkroom.core.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A circuit for each host of receivers and API key, in this process. After five failures in a row, none more than a minute
 * after the one before, nothing is sent to the host for 30 s, and for longer each time, up to five minutes. A host that
 * answers that it is busy is left alone at once.
 */
final class ReceiverCircuits {

    private static final int THRESHOLD = 5;
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MAX_HOSTS = 10_000;

    private record Health(int failures, int openings, Instant lastFailure, Instant openUntil) {

        private static final Health GOOD = new Health(0, 0, Instant.MIN, Instant.MIN);

        /** The same, open at least for as long as the host asks. */
        Health waiting(Optional<Duration> pause, Instant now) {
            var until = pause.map(_ -> now.plus(longer(pause, openings))).filter(openUntil::isBefore);
            return new Health(failures, openings, now, until.orElse(openUntil));
        }
    }

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
        var known = hosts.remove(host);
        var before = known == null ? Health.GOOD : known;
        // What fails while it is open was sent before, and neither closes it nor opens it once more.
        boolean isOpen = before.openUntil().isAfter(now);
        hosts.put(host, isOpen ? before.waiting(pause, now) : after(before, pause, now));
    }

    private static Health after(Health before, Optional<Duration> pause, Instant now) {
        int failures = before.lastFailure().plus(MEMORY).isAfter(now) ? before.failures() + 1 : 1;
        int openings = before.openUntil().plus(LONGEST).isBefore(now) ? 0 : before.openings();
        boolean opens = failures >= THRESHOLD || pause.isPresent();
        return opens
                ? new Health(0, openings + 1, now, now.plus(longer(pause, openings)))
                : new Health(failures, openings, now, before.openUntil());
    }

    private static Duration longer(Optional<Duration> pause, int openings) {
        var own = FIRST.multipliedBy(1L << Math.min(openings, 4));
        var wanted = pause.orElse(own);
        return wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
    }
}
