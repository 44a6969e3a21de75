package dev.darkroom.restclient;

import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.RestClientDefinitionException;

/** What the annotations of a client's interface say. */
final class ClientInterface {

    /** By the interface's name. A native image keeps what is here when it is built. */
    private static final Map<String, ClientInterface> KNOWN = new ConcurrentHashMap<>();

    private final String name;
    private final Map<String, ClientMethod> methods;

    private ClientInterface(String name, Map<String, ClientMethod> methods) {
        this.name = name;
        this.methods = methods;
    }

    /** Throws {@link RestClientDefinitionException} for an interface with something that is not supported. */
    static ClientInterface of(Class<?> type) {
        return KNOWN.computeIfAbsent(type.getName(), _ -> read(type));
    }

    private static ClientInterface read(Class<?> type) {
        var path = type.getAnnotation(Path.class);
        if (!type.isInterface() || path == null) {
            throw new RestClientDefinitionException(type.getName() + " is not an interface with @Path");
        }
        var methods = Arrays.stream(type.getMethods())
                .collect(Collectors.toUnmodifiableMap(
                        Method::getName, method -> ClientMethodReader.read(type, method), (one, _) -> {
                            throw new RestClientDefinitionException("two methods have the same name, in " + type);
                        }));
        return new ClientInterface(type.getSimpleName(), methods);
    }

    String name() {
        return name;
    }

    /** The only method of that name. */
    ClientMethod method(String methodName) {
        var method = methods.get(methodName);
        if (method == null) {
            throw new IllegalArgumentException(methodName);
        }
        return method;
    }
}
