package dev.darkroom.restclient;

import dev.darkroom.httpclient.Connections;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends a request for each call of a method. Every status is an answer and not an exception. */
final class ClientProxy implements InvocationHandler {

    private static final Object[] NONE = {};

    private final ClientInterface type;
    private final URI base;
    private final Map<String, String> headers;
    private final Connections connections;

    ClientProxy(ClientInterface type, URI base, Map<String, String> headers, Connections connections) {
        this.type = type;
        this.base = base;
        this.headers = headers;
        this.connections = connections;
    }

    @Override
    public Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        if (method.getDeclaringClass() == Object.class) {
            return ofEveryObject(proxy, method, arguments == null ? NONE : arguments);
        }
        var request = type.method(method.getName()).request(base, headers, arguments == null ? NONE : arguments);
        try {
            return new ReceivedResponse(connections.send(request, method.getName()));
        } catch (IOException e) {
            throw new ProcessingException(e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself only
    private Object ofEveryObject(Object proxy, Method method, @Nullable Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> type.name() + " of " + base;
        };
    }
}
