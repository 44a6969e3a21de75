package dev.darkroom.provider.easel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Easel's wire format: {@code state=done&image=…&image=…}. */
record EaselForm(Map<String, List<String>> fields) {

    private static final JsonMapper JSON = new JsonMapper();

    /** An answer; a part that is not a field is left out. */
    static EaselForm read(byte[] body) {
        var fields = Stream.of(new String(body, StandardCharsets.UTF_8).split("&", -1))
                .map(field -> field.split("=", 2))
                .filter(field -> field.length == 2)
                .collect(Collectors.groupingBy(
                        field -> decoded(field[0]),
                        Collectors.mapping(field -> decoded(field[1]), Collectors.toList())));
        return new EaselForm(fields);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    /** The order for an input, a flat JSON object. */
    static byte[] order(String input) {
        try {
            return JSON.readTree(input)
                    .propertyStream()
                    .map(field -> encoded(field.getKey()) + "="
                            + encoded(field.getValue().asText()))
                    .collect(Collectors.joining("&"))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the input is not valid", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Optional<String> first(String field) {
        return all(field).stream().findFirst();
    }

    List<String> all(String field) {
        return fields.getOrDefault(field, List.of());
    }
}
