package dev.darkroom.http.openai;

import dev.darkroom.core.account.KeyRole;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.openai.wire.OpenAiPaths;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The endpoint that a request asks for, by method and path: a base URL that ends with a slash makes paths such as
 * {@code //v1/…}, which no route of their own matches. HEAD asks for the endpoint of GET.
 */
sealed interface Endpoint {

    /** OPTIONS for a path that takes {@code method}; a browser's preflight has no key. */
    record Options(String method) implements Endpoint {}

    /** An endpoint that answers only a caller with an API key. A request for no endpoint needs one too. */
    sealed interface Keyed extends Endpoint {

        /** The least role of a key that may ask for it. */
        default KeyRole neededRole() {
            return KeyRole.READ;
        }
    }

    /** An endpoint that takes a request for images. */
    sealed interface Submitting extends Keyed {

        @Override
        default KeyRole neededRole() {
            return KeyRole.GENERATE;
        }
    }

    /** {@code POST /v1/images/generations}. */
    record Generation() implements Submitting {}

    /** {@code POST /v1/images/generations/async}. */
    record AsyncGeneration() implements Submitting {}

    /** {@code GET /v1/images/tasks/{id}}; the id is as it was sent. */
    record Task(String id) implements Keyed {}

    /** {@code GET /v1/models}. */
    record Models() implements Keyed {}

    /** {@code GET /v1/models/{id}}, with slashes in the id. */
    record Model(String id) implements Keyed {}

    record WrongMethod(String allowed) implements Keyed {}

    /** {@code message} says what there is instead. */
    record Missing(String message) implements Keyed {}

    Pattern TASK = Pattern.compile("images/tasks/([^/]+)");
    Pattern MODEL = Pattern.compile("models/(.+)");
    Pattern EDIT = Pattern.compile("images/(edits|variations)(/.*)?");

    /** Endpoints of another function, to which only their paths' own routes lead. */
    Pattern EXACT =
            Pattern.compile("usage|images/by-hash/.*|webhook_endpoints(/.*)?|generations/[^/]*/(deliveries|redeliver)");

    static Endpoint of(ApiGatewayRequest request) {
        var path = request.path();
        int root = path.indexOf(OpenAiPaths.ROOT);
        return root < 0
                ? new Missing("the base URL ends with /v1, as in https://gateway.example/v1")
                : of(request.method(), path.substring(root + OpenAiPaths.ROOT.length()));
    }

    /** {@code asked} is the path after the root. */
    private static Endpoint of(String method, String asked) {
        return switch (asked) {
            case "images/generations" -> taking("POST", method, new Generation());
            case "images/generations/async" -> taking("POST", method, new AsyncGeneration());
            case "models" -> taking("GET", method, new Models());
            default -> ofPattern(method, asked);
        };
    }

    private static Endpoint ofPattern(String method, String asked) {
        var task = TASK.matcher(asked);
        if (task.matches()) {
            return taking("GET", method, new Task(task.group(1)));
        }
        var model = MODEL.matcher(asked);
        if (model.matches()) {
            return taking("GET", method, new Model(decoded(model.group(1))));
        }
        if (EXACT.matcher(asked).matches()) {
            return new Missing(
                    "write its path with single slashes and without one at its end; perhaps your base URL ends with one");
        }
        return new Missing(
                EDIT.matcher(asked).matches()
                        ? "this gateway takes no images, only prompts"
                        : "this gateway makes images: try POST /v1/images/generations");
    }

    /** Clients write the slashes of an id as {@code %2F}. An id with an invalid encoding is no model's. */
    private static String decoded(String id) {
        try {
            return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return id;
        }
    }

    /** The endpoint, if the request has the method that the endpoint takes. */
    private static Endpoint taking(String method, String requested, Keyed endpoint) {
        if (requested.equals("OPTIONS")) {
            return new Options(method);
        }
        var asked = requested.equals("HEAD") ? "GET" : requested;
        return asked.equals(method) ? endpoint : new WrongMethod(method);
    }
}
