package dev.darkroom.local.declared;

import java.time.Duration;
import java.util.List;

/**
 * The CORS configuration of the HTTP API as {@code infra/resources/endpoint.yml} declares it.
 *
 * @param origin the one origin that is allowed
 * @param maxAge how long a browser may remember the answer to a preflight
 */
public record CorsSpec(
        String origin, List<String> methods, List<String> headers, List<String> exposedHeaders, Duration maxAge) {

    public CorsSpec {
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposedHeaders = List.copyOf(exposedHeaders);
    }
}
