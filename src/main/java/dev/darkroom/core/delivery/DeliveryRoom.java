package dev.darkroom.core.delivery;

import dev.darkroom.core.followup.FollowUpResult;
import dev.darkroom.core.waiting.CompletionWaiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * The deliveries of a process that are under way. They run beside the steps of a sweep: a step waits for a receiver for
 * a moment only, and a later step of the row takes the result. So a slow receiver takes no place from another row.
 */
final class DeliveryRoom {

    /** Each needs a connection and some 30 KB. */
    private static final int AT_ONCE = 500;

    private static final int OF_A_HOST = 20;

    /** Most receivers answer within it, and their rows need no second step. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /** While many deliveries are slow, steps wait for none. */
    private static final int BUSY = 32;

    private static final Duration NEXT_LOOK = Duration.ofSeconds(1);

    /** A result that no step has taken by then belongs to a row that another process has advanced. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(2);

    /** One attempt of one delivery. */
    record Key(String id, int failures) {}

    /** {@code results} gets one: what the attempt returns, or throws. */
    private record Flight(String host, Instant since, BlockingQueue<Supplier<FollowUpResult>> results) {

        boolean isRunning() {
            return results.isEmpty();
        }
    }

    private final Map<Key, Flight> flights = new HashMap<>();
    private final Executor executor;
    private final CompletionWaiter waiter;
    private final InstantSource clock;
    private final Duration patience;

    DeliveryRoom(Executor executor, CompletionWaiter waiter, InstantSource clock) {
        this(executor, waiter, clock, PATIENCE);
    }

    /** {@code patience} is how long a step waits for a receiver. */
    DeliveryRoom(Executor executor, CompletionWaiter waiter, InstantSource clock, Duration patience) {
        this.executor = executor;
        this.waiter = waiter;
        this.clock = clock;
        this.patience = patience;
    }

    /** Begins the attempt if there is room, or takes its result. */
    FollowUpResult attempt(Key key, String host, Supplier<FollowUpResult> attempt) {
        Flight flight;
        boolean isNew;
        boolean isBusy;
        synchronized (flights) {
            forgetOld();
            var begun = flights.get(key);
            isNew = begun == null;
            isBusy = running() >= BUSY;
            if (isNew && (running() >= AT_ONCE || running(host) >= OF_A_HOST)) {
                return later();
            }
            flight = begun == null ? new Flight(host, clock.instant(), new LinkedBlockingQueue<>()) : begun;
            flights.put(key, flight);
        }
        if (isNew) {
            executor.execute(() -> flight.results().add(resultOf(attempt)));
        }
        return taken(key, flight, isNew && !isBusy ? patience : Duration.ZERO);
    }

    private static Supplier<FollowUpResult> resultOf(Supplier<FollowUpResult> attempt) {
        try {
            var result = attempt.get();
            return () -> result;
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }

    private FollowUpResult taken(Key key, Flight flight, Duration patience) {
        Optional<Supplier<FollowUpResult>> result;
        try {
            result = waiter.await(flight.results(), clock.instant().plus(patience));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return later();
        }
        result.ifPresent(_ -> forget(key));
        return result.map(Supplier::get).orElseGet(this::later);
    }

    private FollowUpResult later() {
        return new FollowUpResult.NoRoom(clock.instant().plus(NEXT_LOOK));
    }

    private void forget(Key key) {
        synchronized (flights) {
            flights.remove(key);
        }
    }

    private int running() {
        return (int) flights.values().stream().filter(Flight::isRunning).count();
    }

    private int running(String host) {
        return (int) flights.values().stream()
                .filter(flight -> flight.host().equals(host) && flight.isRunning())
                .count();
    }

    private void forgetOld() {
        var before = clock.instant().minus(FORGOTTEN);
        for (Iterator<Flight> all = flights.values().iterator(); all.hasNext(); ) {
            var flight = all.next();
            if (flight.since().isBefore(before) && !flight.isRunning()) {
                all.remove();
            }
        }
    }
}
