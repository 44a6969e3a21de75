package dev.darkroom.simulation;

import java.util.function.Supplier;

/**
 * How a process calls its stores: a call may take time, other processes may act meanwhile, and it may fail. Both
 * methods return the call's result or throw {@link dev.darkroom.errors.StoreUnavailableException}.
 */
public interface Calls {

    <T> T read(String name, Supplier<T> call);

    /** A write may fail after it took effect. */
    <T> T write(String name, Supplier<T> call);
}
