package dev.darkroom.simulation;

import dev.darkroom.core.store.GenerationListener;
import java.lang.reflect.Proxy;

/** A listener that ignores all events. */
public final class NoEvents {

    public static final GenerationListener INSTANCE = (GenerationListener) Proxy.newProxyInstance(
            NoEvents.class.getClassLoader(), new Class<?>[] {GenerationListener.class}, (_, _, _) -> null);

    private NoEvents() {}
}
