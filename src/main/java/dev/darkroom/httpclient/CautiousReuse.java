package dev.darkroom.httpclient;

import org.apache.http.HttpResponse;
import org.apache.http.impl.client.DefaultClientConnectionReuseStrategy;
import org.apache.http.protocol.HTTP;
import org.apache.http.protocol.HttpContext;

/**
 * Keeps no connection whose response has two headers that say where its body ends: another call could read bytes that
 * follow that end.
 */
final class CautiousReuse extends DefaultClientConnectionReuseStrategy {

    @Override
    public boolean keepAlive(HttpResponse response, HttpContext context) {
        boolean twoLengths =
                response.containsHeader(HTTP.TRANSFER_ENCODING) && response.containsHeader(HTTP.CONTENT_LEN);
        return !twoLengths && super.keepAlive(response, context);
    }
}
