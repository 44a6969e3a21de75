package dev.darkroom.wavespeed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the provider answered, with the quirks of its envelope {@code {code, message, data}}.
 *
 * @param httpStatus of the answer itself
 * @param retryAfter the header as it stands, null when there is none
 * @param envelope missing when the body is no JSON (HTML behind a 502, for example)
 */
record Answer(int httpStatus, @Nullable String retryAfter, JsonNode envelope) {

    private static final ObjectReader READER = new JsonMapper().reader();
    private static final int OK = 200;

    static Answer of(Response response) {
        return of(
                response.getStatus(),
                response.getHeaderString(HttpHeaders.RETRY_AFTER),
                response.readEntity(String.class));
    }

    static Answer of(int httpStatus, @Nullable String retryAfter, @Nullable String body) {
        return new Answer(httpStatus, retryAfter, json(body));
    }

    private static JsonNode json(@Nullable String body) {
        try {
            return body == null || body.isBlank() ? MissingNode.getInstance() : READER.readTree(body);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }

    /** The HTTP status, unless a success carries another {@code code} in its envelope: then that is the truth. */
    int status() {
        var code = envelope.path("code");
        return httpStatus / 100 == 2 && code.isInt() && code.intValue() != OK ? code.intValue() : httpStatus;
    }

    boolean isSuccess() {
        return status() / 100 == 2;
    }

    Prediction prediction() {
        return new Prediction(envelope.path("data"));
    }

    /** Without credit the provider answers 402 or, as was observed, 400 with a sentence. */
    boolean isInsufficientCredits() {
        return status() == 402
                || (status() == 400 && message().toLowerCase(Locale.ROOT).contains("insufficient credit"));
    }

    /** A 404 in the provider's own words; one of a proxy in between says nothing about the prediction. */
    boolean isProvidersNotFound() {
        return status() == 404 && envelope.path("code").asInt() == 404;
    }

    String message() {
        return envelope.path("message").asText("");
    }
}
