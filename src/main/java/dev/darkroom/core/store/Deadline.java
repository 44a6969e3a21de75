package dev.darkroom.core.store;

import java.time.Instant;
import java.util.Optional;
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

    /** Empty when the thread has no deadline. */
    public static Optional<Instant> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }
}
