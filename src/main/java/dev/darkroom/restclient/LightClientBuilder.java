package dev.darkroom.restclient;

import dev.darkroom.httpclient.Connections;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.jspecify.annotations.Nullable;

/** Builds clients that are proxies of their interfaces. What it does not support, it refuses. */
final class LightClientBuilder extends RefusingBuilder {

    /** The property with the {@link Connections} of a client. By default, each call gets a new one. */
    static final String CONNECTIONS = "dev.darkroom.connections";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable URI base;
    private @Nullable Connections connections;

    @Override
    public RestClientBuilder baseUrl(URL url) {
        try {
            return baseUri(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public RestClientBuilder baseUri(URI uri) {
        base = uri;
        return this;
    }

    @Override
    public RestClientBuilder followRedirects(boolean follow) {
        return follow ? super.followRedirects(true) : this;
    }

    @Override
    public RestClientBuilder header(String name, Object value) {
        headers.put(name, String.valueOf(value));
        return this;
    }

    @Override
    public RestClientBuilder property(String name, Object value) {
        if (!(name.equals(CONNECTIONS) && value instanceof Connections given)) {
            return super.property(name, value);
        }
        connections = given;
        return this;
    }

    @Override
    public <T> T build(Class<T> type) {
        var address = base;
        if (address == null) {
            throw new IllegalStateException("the client has no base address");
        }
        var used = connections == null ? Connections.newForEachCall() : connections;
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                new ClientProxy(ClientInterface.of(type), address, Map.copyOf(headers), used)));
    }
}
