package dev.darkroom.restclient;

import dev.darkroom.httpclient.ByteRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one method.
 *
 * @param headers that are always the same
 * @param body the number of the argument that is the body, or negative
 */
record ClientMethod(
        ByteRequest.Method method,
        PathTemplate path,
        Map<String, String> headers,
        List<Parameter> queryParameters,
        List<Parameter> headerParameters,
        int body) {

    /** An argument, which may be null, and then is left out. */
    record Parameter(String name, int argument) {}

    ByteRequest request(URI base, Map<String, String> clientHeaders, @Nullable Object[] arguments) {
        var all = new HashMap<>(clientHeaders);
        all.putAll(headers);
        for (var parameter : headerParameters) {
            var value = arguments[parameter.argument()];
            if (value != null) {
                all.put(parameter.name(), value.toString());
            }
        }
        var sent = body < 0 ? null : (byte @Nullable []) arguments[body];
        return new ByteRequest(method, address(base, arguments), all, sent == null ? new byte[0] : sent);
    }

    private URI address(URI base, @Nullable Object[] arguments) {
        var address = new StringBuilder(100);
        address.append(base.getScheme()).append("://").append(base.getRawAuthority());
        path.appendTo(address, base.getRawPath(), arguments);
        var separator = '?';
        for (var parameter : queryParameters) {
            var value = arguments[parameter.argument()];
            if (value != null) {
                address.append(separator)
                        .append(PercentEncoding.of(parameter.name()))
                        .append('=')
                        .append(PercentEncoding.of(value.toString()));
                separator = '&';
            }
        }
        return URI.create(address.toString());
    }
}
