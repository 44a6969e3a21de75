package dev.darkroom.httpclient;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.DnsResolver;
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

/** Apache's HTTP clients as all calls need them: without repetitions, redirects and a limit of connections. */
final class Clients {

    private static final Duration CONNECT = Duration.ofSeconds(1);

    private static final int MAX_HEADERS = 1000;

    private static final RequestConfig CONFIG = RequestConfig.custom()
            .setConnectTimeout((int) CONNECT.toMillis())
            .setAuthenticationEnabled(false)
            .setRedirectsEnabled(false)
            .build();

    /** The address of a request is sent as it is: by default, the client would normalise its path. */
    static final RequestConfig EXACT_ADDRESSES =
            RequestConfig.copy(CONFIG).setNormalizeUri(false).build();

    private Clients() {}

    static HttpClientBuilder of(DnsResolver lookup) {
        return HttpClientBuilder.create()
                .setConnectionManager(connections(lookup))
                .setRequestExecutor(new WatchedRequests())
                .setDefaultRequestConfig(CONFIG)
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

    /** Each call gets a connection of its own, which is closed afterwards. */
    static HttpClientBuilder closing(HttpClientBuilder client) {
        return client.setDefaultHeaders(List.of(new BasicHeader(HTTP.CONN_DIRECTIVE, "close")))
                .setConnectionReuseStrategy(NoConnectionReuseStrategy.INSTANCE);
    }

    /** Connections are kept for the next call for {@code keptAlive}. */
    static HttpClientBuilder keeping(HttpClientBuilder client, Duration keptAlive) {
        return client.setConnectionReuseStrategy(new CautiousReuse())
                .setKeepAliveStrategy((_, _) -> keptAlive.toMillis());
    }

    private static PoolingHttpClientConnectionManager connections(DnsResolver lookup) {
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
                lookup);
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
