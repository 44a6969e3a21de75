package dev.darkroom.httpclient;

import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpRequestBase;
import org.jboss.resteasy.client.jaxrs.engines.ApacheHttpClient43Engine;

/** Lets the call that this thread makes be abandoned from the moment its request exists. */
@SuppressWarnings("removal") // RESTEasy 6.2 has no other engine on this client
final class CallEngine extends ApacheHttpClient43Engine {

    CallEngine(HttpClient client) {
        // It is never closed, as long as the process lives.
        super(client, false);
    }

    @Override
    protected HttpRequestBase createHttpMethod(String url, String method) {
        var request = super.createHttpMethod(url, method);
        Exchange.current().begin(request);
        return request;
    }
}
