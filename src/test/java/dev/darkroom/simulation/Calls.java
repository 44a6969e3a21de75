package dev.darkroom.simulation;

import java.util.function.Supplier;

/**
 * How a process reaches its stores: it may take time, others may act in between, and it may fail. Both methods return what the
 * call returns, or throw {@link dev.darkroom.application.StoreUnavailableException}.
 */
public interface Calls {

    <T> T read(String name, Supplier<T> call);

    /** It may fail after it took effect. */
    <T> T write(String name, Supplier<T> call);
}
