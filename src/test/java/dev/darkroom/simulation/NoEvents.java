package dev.darkroom.simulation;

import dev.darkroom.application.GenerationEvents;
import java.lang.reflect.Proxy;

/** Listens to nothing. */
public final class NoEvents {

    public static final GenerationEvents INSTANCE = (GenerationEvents) Proxy.newProxyInstance(
            NoEvents.class.getClassLoader(), new Class<?>[] {GenerationEvents.class}, (_, _, _) -> null);

    private NoEvents() {}
}
