package dev.darkroom.core.store;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The deadline of the calling thread's work: calls to the table end by then, whatever their own limits are. */
public final class Deadline {

    private static final ScopedValue<Instant> CURRENT = ScopedValue.newInstance();

    private Deadline() {}

    /** Does the work under the deadline; under none when {@code deadline} is empty. */
    public static <T> T within(Optional<Instant> deadline, Supplier<T> work) {
        return deadline.isPresent()
                ? ScopedValue.where(CURRENT, deadline.get()).<T, RuntimeException>call(work::get)
                : work.get();
    }

    /** An executor whose tasks have the deadline of the thread that hands them over; {@code other} runs them. */
    public static Executor carriedBy(Executor other) {
        return task -> {
            var deadline = current();
            other.execute(() -> within(deadline, () -> {
                task.run();
                return true;
            }));
        };
    }

    /** Whether the thread has a deadline, and it is past. */
    public static boolean hasPassed(Instant now) {
        return current().filter(deadline -> !now.isBefore(deadline)).isPresent();
    }

    /** Empty when the thread has no deadline. */
    public static Optional<Instant> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }
}
