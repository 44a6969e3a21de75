package dev.darkroom.core.store;

import dev.darkroom.errors.StoreUnavailableException;
import java.util.function.Supplier;

/** Repeats a write that had no answer. Every write of the stores recognises its own repetition. */
public final class RepeatedWrite {

    private RepeatedWrite() {}

    /**
     * Repeats the write once when it had no answer. The first write may have stored a claim, and without the repetition
     * no process would use that claim.
     */
    public static <T> T retryOnce(Supplier<T> write) {
        try {
            return write.get();
        } catch (StoreUnavailableException _) {
            return write.get();
        }
    }
}
