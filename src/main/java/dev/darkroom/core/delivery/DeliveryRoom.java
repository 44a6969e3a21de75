package dev.darkroom.core.delivery;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.followup.FollowUpResult;
import dev.darkroom.core.followup.Turns;
import dev.darkroom.core.waiting.CompletionWaiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of a process that are under way. They run beside the steps of a sweep: a step waits for a receiver for
 * a moment only, and a later step of the row takes the result. So a slow receiver takes no place from another row.
 */
final class DeliveryRoom {

    /** Each needs a connection and some 30 KB. */
    private static final int AT_ONCE = 500;

    private static final int OF_A_KEY = 250;
    private static final int OF_A_HOST = 20;

    /** Most receivers answer within it, and their rows need no second step. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /** While many deliveries are slow, steps wait for none. */
    private static final int BUSY = 32;

    /** When a row looks again for its result, or for room. */
    private static final Duration NEXT_LOOK = Duration.ofSeconds(1);

    private static final Duration BETWEEN_TURNS = Duration.ofMillis(20);

    /** A result that no step has taken by then belongs to a row that another process has advanced. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(2);

    /**
     * One attempt of one delivery.
     *
     * @param since when its schedule began: a redelivery is another one
     */
    record Key(String id, Instant since, int failures) {}

    private static final class Flight {

        private final Receiver.Host host;

        /** Gets one: what the attempt returns, or throws. */
        private final BlockingQueue<Supplier<FollowUpResult>> results = new LinkedBlockingQueue<>();

        private volatile @Nullable Instant endedAt;

        private Flight(Receiver.Host host) {
            this.host = host;
        }

        private boolean isRunning() {
            return endedAt == null;
        }

        private boolean hasEndedBefore(Instant time) {
            var end = endedAt;
            return end != null && end.isBefore(time);
        }
    }

    private final Map<Key, Flight> flights = new HashMap<>();

    /** Of the rows that wait for room at a host, as long as it has flights. */
    private final Map<Receiver.Host, Turns> turns = new HashMap<>();

    private final Turns turnsOfOthers = new Turns(NEXT_LOOK, BETWEEN_TURNS);
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

    /** Whether the attempt has begun here, so that its result will be taken. */
    boolean has(Key key) {
        synchronized (flights) {
            return flights.containsKey(key);
        }
    }

    /** Begins the attempt if there is room, or takes its result. */
    FollowUpResult attempt(Key key, Receiver.Host host, Supplier<FollowUpResult> attempt) {
        Flight flight;
        boolean isNew;
        boolean isBusy;
        synchronized (flights) {
            forgetOld();
            var begun = flights.get(key);
            isNew = begun == null;
            isBusy = running(_ -> true) >= BUSY;
            if (isNew && !hasRoom(host)) {
                return new FollowUpResult.NoRoom(
                        turns.getOrDefault(host, turnsOfOthers).next(clock.instant()));
            }
            flight = begun == null ? new Flight(host) : begun;
            flights.put(key, flight);
            turns.computeIfAbsent(host, _ -> new Turns(NEXT_LOOK, BETWEEN_TURNS));
        }
        if (isNew) {
            begin(key, flight, attempt);
        }
        return taken(key, flight, isNew && !isBusy ? patience : Duration.ZERO);
    }

    private boolean hasRoom(Receiver.Host host) {
        return running(_ -> true) < AT_ONCE
                && running(flight -> isOf(host.key(), flight)) < OF_A_KEY
                && running(flight -> flight.host.equals(host)) < OF_A_HOST;
    }

    private static boolean isOf(ApiKeyId key, Flight flight) {
        return flight.host.key().equals(key);
    }

    private int running(Predicate<Flight> which) {
        return (int)
                flights.values().stream().filter(which.and(Flight::isRunning)).count();
    }

    private void begin(Key key, Flight flight, Supplier<FollowUpResult> attempt) {
        boolean hasBegun = false;
        try {
            executor.execute(() -> {
                var result = resultOf(attempt);
                flight.endedAt = clock.instant();
                flight.results.add(result);
            });
            hasBegun = true;
        } finally {
            if (!hasBegun) {
                forget(key);
            }
        }
    }

    /** Also an error, such as too little memory, is a result: otherwise its place would never be free again. */
    private static Supplier<FollowUpResult> resultOf(Supplier<FollowUpResult> attempt) {
        try {
            var result = attempt.get();
            return () -> result;
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        } catch (Error e) {
            return () -> {
                throw e;
            };
        }
    }

    private FollowUpResult taken(Key key, Flight flight, Duration patience) {
        Optional<Supplier<FollowUpResult>> result;
        try {
            result = waiter.await(flight.results, clock.instant().plus(patience));
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
            forgetTurns();
        }
    }

    private void forgetOld() {
        var before = clock.instant().minus(FORGOTTEN);
        if (flights.values().removeIf(flight -> flight.hasEndedBefore(before))) {
            forgetTurns();
        }
    }

    private void forgetTurns() {
        turns.keySet().removeIf(host -> flights.values().stream().noneMatch(flight -> flight.host.equals(host)));
    }
}
