package dev.darkroom.httpclient;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls with a time limit. Errors of the network and the server are outcomes, not exceptions. After a call no
 * connection is left but one that is kept for the next call, and no thread but one that still looks up an address,
 * which sends nothing any more.
 */
public final class TimedCalls {

    /**
     * Only closing a socket wakes a thread that is blocked in it, so one thread keeps the time for all calls. The calls
     * themselves run in the threads that make them: each change of thread would cost a tenth of a millisecond.
     */
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private static volatile @Nullable CallListener listener;

    private TimedCalls() {}

    /** Tells {@code told} of every call of this process from now on, in the place of the listener before; null: nobody. */
    public static void tell(@Nullable CallListener told) {
        listener = told;
    }

    private static ScheduledThreadPoolExecutor clock() {
        var clock = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().daemon().name("http-clock").unstarted(task));
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    /**
     * Makes one call in this thread.
     *
     * @param call sends with {@link Connections}
     * @param timeout for all of it, from looking up the server's address to the last byte of the answer
     */
    public static HttpOutcome send(HttpCall call, Duration timeout) {
        var told = listener;
        return told == null ? run(new Exchange(call), timeout) : send(call, timeout, told);
    }

    private static HttpOutcome send(HttpCall call, Duration timeout, CallListener told) {
        var exchange = new Exchange(call);
        var begun = Instant.now();
        var outcome = run(exchange, timeout);
        exchange.asked()
                .ifPresent(asked -> told.ended(
                        new CallListener.Ended(asked.request(), asked.operation(), begun, Instant.now(), outcome)));
        return outcome;
    }

    private static HttpOutcome run(Exchange exchange, Duration timeout) {
        var end = CLOCK.schedule(exchange::giveUp, timeout.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return exchange.run();
        } finally {
            end.cancel(false);
        }
    }
}
