package dev.darkroom.restclient;

import dev.darkroom.httpclient.Connections;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientBuilderResolver;

/**
 * Builds MicroProfile REST clients of one server, whose methods return a {@code Response} and are called through {@link
 * RestCalls}. The clients repeat nothing, follow no redirect and allow any number of calls at once.
 */
public final class RestClients {

    static {
        // A native image has no list of services, so the resolver is set when the image is built.
        RestClientBuilderResolver.setInstance(new LightClientResolver());
    }

    private final URI base;
    private final Connections connections;

    private RestClients(URI base, Connections connections) {
        this.base = base;
        this.connections = connections;
    }

    /**
     * Reads the annotations of client interfaces. A native image has them only while it is built, so a class that builds
     * a client calls this in a static initializer.
     */
    public static void declare(Class<?>... types) {
        for (var type : types) {
            ClientInterface.of(type);
        }
    }

    /**
     * Each call gets a connection of its own, which is closed afterwards: a kept connection may have died unnoticed.
     */
    public static RestClients withNewConnections(URI base) {
        return new RestClients(base, Connections.newForEachCall());
    }

    /** Connections are kept for the next call for {@code keptAlive}. */
    public static RestClients withKeptConnections(URI base, Duration keptAlive) {
        return new RestClients(base, Connections.keptFor(keptAlive));
    }

    public <T> T build(Class<T> type) {
        return RestClientBuilder.newBuilder()
                .baseUri(base)
                .property(LightClientBuilder.CONNECTIONS, connections)
                .build(type);
    }
}
