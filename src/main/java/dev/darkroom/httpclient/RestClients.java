package dev.darkroom.httpclient;

import java.net.URI;
import java.time.Duration;
import org.apache.http.impl.client.HttpClientBuilder;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * Builds MicroProfile REST clients of one server, whose methods return a {@code Response} and are called through {@link
 * TimedCalls}. The clients repeat nothing, follow no redirect and allow any number of calls at once. They are not
 * registered with Quarkus, which would read some fifty settings of each at every cold start.
 */
public final class RestClients {

    private final URI base;
    private final CallEngine engine;

    private RestClients(URI base, HttpClientBuilder client) {
        this.base = base;
        this.engine = new CallEngine(client.build());
    }

    /**
     * Each call gets a connection of its own, which is closed afterwards: a kept connection may have died unnoticed.
     */
    public static RestClients withNewConnections(URI base) {
        return new RestClients(base, Clients.closing(Clients.of(new HostLookup())));
    }

    /** Connections are kept for the next call for {@code keptAlive}. */
    public static RestClients withKeptConnections(URI base, Duration keptAlive) {
        return new RestClients(base, Clients.keeping(Clients.of(new HostLookup()), keptAlive));
    }

    /** Every status is an answer, so the client's own mapping of errors to exceptions is off. */
    public <T> T build(Class<T> type) {
        return RestClientBuilder.newBuilder()
                .baseUri(base)
                .followRedirects(false)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .property("resteasy.httpEngine", engine)
                .build(type);
    }
}
