package dev.darkroom.httpclient;

import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpRequestBase;
import org.jboss.resteasy.client.jaxrs.engines.ApacheHttpClient43Engine;

/** Makes this thread's call abandonable from the moment its request exists. */
@SuppressWarnings("removal") // RESTEasy 6.2 has no other engine on this client
final class CallEngine extends ApacheHttpClient43Engine {

    CallEngine(HttpClient client) {
        // The client is never closed while the process lives.
        super(client, false);
    }

    @Override
    protected HttpRequestBase createHttpMethod(String url, String method) {
        var request = super.createHttpMethod(url, method);
        Exchange.current().begin(request);
        return request;
    }
}
