package dev.darkroom.local.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request and how it was answered.
 *
 * @param path the path as it was sent, without the query
 * @param headers of the response, by lower-case name
 * @param body of the response
 */
public record Answer(String method, String path, int status, Map<String, String> headers, String body) {

    public Answer {
        headers = Map.copyOf(headers);
    }

    static Answer of(String method, String path, GatewayResponse response) {
        var headers = response.headers().entrySet().stream()
                .collect(Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        return new Answer(
                method, path, response.status(), headers, new String(response.body(), StandardCharsets.UTF_8));
    }
}
