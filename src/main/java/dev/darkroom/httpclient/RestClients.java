package dev.darkroom.httpclient;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.conn.util.PublicSuffixMatcher;
import org.apache.http.impl.NoConnectionReuseStrategy;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.ManagedHttpClientConnectionFactory;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.impl.entity.StrictContentLengthStrategy;
import org.apache.http.message.BasicHeader;
import org.apache.http.protocol.HTTP;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * Builds MicroProfile REST clients of one server, whose methods return a {@code Response} and are called through {@link
 * TimedCalls}. The clients repeat nothing, follow no redirect and allow any number of calls at once. They are not
 * registered with Quarkus, which would read some fifty settings of each at every cold start.
 */
public final class RestClients {

    private static final Duration CONNECT = Duration.ofSeconds(1);

    private static final int MAX_HEADERS = 1000;

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
        return new RestClients(
                base,
                client().setDefaultHeaders(List.of(new BasicHeader(HTTP.CONN_DIRECTIVE, "close")))
                        .setConnectionReuseStrategy(NoConnectionReuseStrategy.INSTANCE));
    }

    /** Connections are kept for the next call for {@code keptAlive}. */
    public static RestClients withKeptConnections(URI base, Duration keptAlive) {
        return new RestClients(
                base,
                client().setConnectionReuseStrategy(new CautiousReuse())
                        .setKeepAliveStrategy((_, _) -> keptAlive.toMillis()));
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

    private static HttpClientBuilder client() {
        return HttpClientBuilder.create()
                .setConnectionManager(connections())
                .setRequestExecutor(new WatchedRequests())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout((int) CONNECT.toMillis())
                        .setAuthenticationEnabled(false)
                        .setRedirectsEnabled(false)
                        .build())
                .setUserAgent("darkroom")
                // The matcher is for cookies, which are not used; the default one would be read from a file of 200 KB.
                .setPublicSuffixMatcher(new PublicSuffixMatcher(List.of(), List.of()))
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableConnectionState()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling();
    }

    private static PoolingHttpClientConnectionManager connections() {
        var tls = new SSLConnectionSocketFactory(
                (SSLSocketFactory) SSLSocketFactory.getDefault(), new DefaultHostnameVerifier());
        // Reads heads and lengths as the standard requires; by default this client accepts much that is not HTTP.
        var factory = new ManagedHttpClientConnectionFactory(
                null, new LimitedHeads(), StrictContentLengthStrategy.INSTANCE, StrictContentLengthStrategy.INSTANCE);
        var connections = new PoolingHttpClientConnectionManager(
                RegistryBuilder.<ConnectionSocketFactory>create()
                        .register("http", PlainConnectionSocketFactory.getSocketFactory())
                        .register("https", tls)
                        .build(),
                factory,
                new HostLookup());
        connections.setMaxTotal(Integer.MAX_VALUE);
        connections.setDefaultMaxPerRoute(Integer.MAX_VALUE);
        connections.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setMessageConstraints(MessageConstraints.custom()
                        .setMaxLineLength(LimitedHeads.MAX_HEAD)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .build())
                .build());
        return connections;
    }
}
