package dev.darkroom.restclient;

import jakarta.ws.rs.core.Configuration;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.ext.QueryParamStyle;

/** The settings of MicroProfile's builder that this implementation does not have: it refuses to ignore them. */
abstract class RefusingBuilder implements RestClientBuilder {

    private static UnsupportedOperationException refused(String setting) {
        return new UnsupportedOperationException("this REST client has no setting for " + setting);
    }

    /** A call has one time limit, which {@link RestCalls} keeps. */
    @Override
    public RestClientBuilder connectTimeout(long timeout, TimeUnit unit) {
        throw refused("time-outs");
    }

    /** A call has one time limit, which {@link RestCalls} keeps. */
    @Override
    public RestClientBuilder readTimeout(long timeout, TimeUnit unit) {
        throw refused("time-outs");
    }

    @Override
    public RestClientBuilder executorService(ExecutorService executor) {
        throw refused("an executor");
    }

    @Override
    public RestClientBuilder sslContext(SSLContext context) {
        throw refused("TLS");
    }

    @Override
    public RestClientBuilder trustStore(KeyStore store) {
        throw refused("TLS");
    }

    @Override
    public RestClientBuilder keyStore(KeyStore store, String password) {
        throw refused("TLS");
    }

    @Override
    public RestClientBuilder hostnameVerifier(HostnameVerifier verifier) {
        throw refused("TLS");
    }

    @Override
    public RestClientBuilder followRedirects(boolean follow) {
        throw refused("redirects");
    }

    @Override
    public RestClientBuilder proxyAddress(String host, int port) {
        throw refused("a proxy");
    }

    @Override
    public RestClientBuilder queryParamStyle(QueryParamStyle style) {
        throw refused("the style of query parameters");
    }

    @Override
    public Configuration getConfiguration() {
        throw refused("a configuration");
    }

    @Override
    public RestClientBuilder property(String name, Object value) {
        throw refused(name);
    }

    @Override
    public RestClientBuilder register(Class<?> component) {
        throw refused("components");
    }

    @Override
    public RestClientBuilder register(Class<?> component, int priority) {
        throw refused("components");
    }

    @Override
    public RestClientBuilder register(Class<?> component, Class<?>... contracts) {
        throw refused("components");
    }

    @Override
    public RestClientBuilder register(Class<?> component, Map<Class<?>, Integer> contracts) {
        throw refused("components");
    }

    @Override
    public RestClientBuilder register(Object component) {
        throw refused("components");
    }

    @Override
    public RestClientBuilder register(Object component, int priority) {
        throw refused("components");
    }

    @Override
    public RestClientBuilder register(Object component, Class<?>... contracts) {
        throw refused("components");
    }

    @Override
    public RestClientBuilder register(Object component, Map<Class<?>, Integer> contracts) {
        throw refused("components");
    }
}
