package dev.darkroom.application;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Until when what the calling thread does has to be done: calls of the table take no longer, whatever their own limits are. */
public final class Deadline {

    private static final ScopedValue<Instant> CURRENT = ScopedValue.newInstance();

    private Deadline() {}

    /** Does the work with that deadline; with none when {@code deadline} is empty. */
    public static <T> T within(Optional<Instant> deadline, Supplier<T> work) {
        return deadline.isPresent()
                ? ScopedValue.where(CURRENT, deadline.get()).<T, RuntimeException>call(work::get)
                : work.get();
    }

    /** Empty when the thread has all the time it wants. */
    public static Optional<Instant> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }
}
