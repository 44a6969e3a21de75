package dev.darkroom.core.delivery;

import dev.darkroom.core.followup.FollowUpResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    private record Flight(String host, Instant since, CompletableFuture<FollowUpResult> result) {}

    private final Map<Key, Flight> flights = new HashMap<>();
    private final Executor executor;
    private final InstantSource clock;
    private final Duration patience;

    DeliveryRoom(Executor executor, InstantSource clock) {
        this(executor, clock, PATIENCE);
    }

    /** {@code patience} is how long a step waits for a receiver. */
    DeliveryRoom(Executor executor, InstantSource clock, Duration patience) {
        this.executor = executor;
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
            flight = begun == null ? new Flight(host, clock.instant(), new CompletableFuture<>()) : begun;
            flights.put(key, flight);
        }
        if (isNew) {
            begin(flight.result(), attempt);
        }
        return taken(key, flight, isNew && !isBusy ? patience : Duration.ZERO);
    }

    private void begin(CompletableFuture<FollowUpResult> result, Supplier<FollowUpResult> attempt) {
        executor.execute(() -> {
            try {
                result.complete(attempt.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
    }

    private FollowUpResult taken(Key key, Flight flight, Duration patience) {
        try {
            var result = flight.result().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            forget(key);
            return result;
        } catch (TimeoutException _) {
            return later();
        } catch (ExecutionException e) {
            forget(key);
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return later();
        }
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
        return (int) flights.values().stream()
                .filter(flight -> !flight.result().isDone())
                .count();
    }

    private int running(String host) {
        return (int) flights.values().stream()
                .filter(flight -> flight.host().equals(host) && !flight.result().isDone())
                .count();
    }

    private void forgetOld() {
        var before = clock.instant().minus(FORGOTTEN);
        for (Iterator<Flight> all = flights.values().iterator(); all.hasNext(); ) {
            var flight = all.next();
            if (flight.since().isBefore(before) && flight.result().isDone()) {
                all.remove();
            }
        }
    }
}
