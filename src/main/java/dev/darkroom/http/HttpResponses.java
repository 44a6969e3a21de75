package dev.darkroom.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.text.UnicodeText;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Responses in the format of API Gateway (payload 2.0). */
public final class HttpResponses {

    private static final Logger LOG = Logger.getLogger(HttpResponses.class);
    private static final Map<String, String> HEADERS =
            Map.of("content-type", "application/json", "cache-control", "no-store");

    private HttpResponses() {}

    /** {@code body} is JSON. */
    public static ObjectNode ok(String body) {
        return ok(body, Map.of());
    }

    /** {@code body} is JSON; {@code headers} are further ones by lower-case name. */
    public static ObjectNode ok(String body, Map<String, String> headers) {
        return json(200, body, headers);
    }

    /** A body that is not JSON, of this content type; the request says by {@code Accept} that it wants it. */
    public static ObjectNode text(String contentType, String body) {
        return json(200, body, Map.of("content-type", contentType, "vary", "accept"));
    }

    /** The request is stored, and its caller reads later what became of it. {@code body} is JSON. */
    public static ObjectNode accepted(String body, Map<String, String> headers) {
        return json(202, body, headers);
    }

    /** A redirect to this address; {@code caching} is the header Cache-Control. */
    public static ObjectNode found(String location, String caching) {
        var response = status(302);
        response.putObject("headers").put("location", location).put("cache-control", caching);
        return response;
    }

    public static ObjectNode noContent() {
        return status(204);
    }

    /** The answer to a caller that has the same body already; {@code headers} are those that the body would have. */
    static ObjectNode notModified(Map<String, String> headers) {
        var response = status(304);
        var all = response.putObject("headers");
        headers.forEach(all::put);
        return response;
    }

    /** The answer to OPTIONS for a path that takes this method. */
    public static ObjectNode options(String method) {
        var response = noContent();
        response.putObject("headers").put("allow", allow(method));
        return response;
    }

    /** The header {@code Allow} of a path that takes this method: HEAD is answered like GET. */
    static String allow(String method) {
        return method.equals("GET") ? "GET, HEAD, OPTIONS" : method + ", OPTIONS";
    }

    /**
     * A refusal is logged here, once and without the caller's data; other failures are logged where they are caught.
     */
    public static ObjectNode error(ApiError error, Dialect dialect) {
        int status = error.code().httpStatus();
        if (status < 500) {
            MDC.put("httpStatus", status);
            MDC.put("errorCode", error.code().code());
            LOG.info("request-rejected");
        }
        return json(status, dialect.body(error), dialect.headers(error));
    }

    private static ObjectNode json(int status, String body, Map<String, String> headers) {
        var response = status(status);
        var all = response.putObject("headers");
        HEADERS.forEach(all::put);
        headers.forEach(all::put);
        return response.put("body", UnicodeText.toWellFormed(body));
    }

    private static ObjectNode status(int status) {
        return JsonNodeFactory.instance.objectNode().put("statusCode", status);
    }
}
