package dev.darkroom.http.wavespeed;

import dev.darkroom.http.ApiGatewayRequest;
import java.util.regex.Pattern;

/**
 * The endpoint that a request asks for. On the default route, method and path decide: a base URL that ends with a slash
 * makes paths such as {@code //api/v3/…}, which match only that route.
 */
sealed interface Endpoint {

    /** {@code POST /api/v3/{model}}. */
    record Submission(String model) implements Endpoint {}

    /** {@code GET /api/v3/predictions/{id}/result}, and without {@code /result}; {@code id} as it was sent. */
    record Result(String id) implements Endpoint {}

    /** {@code POST /api/v3/predictions}. */
    record Listing() implements Endpoint {}

    /** {@code POST /api/v3/predictions/delete}. */
    record Deletion() implements Endpoint {}

    record WrongMethod(String allowed) implements Endpoint {}

    /** {@code message} says what there is instead. */
    record Missing(String message) implements Endpoint {}

    String API = "/api/v3/";
    Pattern RESULT = Pattern.compile("predictions/([^/]+)(/result)?");
    String LISTING = "predictions";
    String DELETION = "predictions/delete";

    /** For a function that may not do what the path asks for: only the path's own route leads to the right one. */
    String EXACT_PATH =
            "write it without a slash at its end and with single slashes; does your base URL end with a slash?";

    static Endpoint of(ApiGatewayRequest request) {
        return switch (request.routeKey()) {
            case "GET /api/v3/predictions/{id}", "GET /api/v3/predictions/{id}/result" ->
                new Result(request.pathParameter("id"));
            case "POST /api/v3/predictions/delete" -> new Deletion();
            case "POST /api/v3/{model+}" -> submission(request.pathParameter("model"));
            default -> of(request.method(), request.path());
        };
    }

    private static Endpoint submission(String model) {
        var path = ApiGatewayRequest.withSingleSlashes("/" + model).substring(1);
        if (path.equals(LISTING) || path.equals(DELETION)) {
            return ofLists("POST", path);
        }
        return UnsupportedEndpoints.reason(path).<Endpoint>map(Missing::new).orElseGet(() -> new Submission(path));
    }

    private static Endpoint ofLists(String method, String path) {
        if (!method.equals("POST")) {
            return new WrongMethod("POST");
        }
        return path.equals(LISTING) ? new Listing() : new Deletion();
    }

    private static Endpoint of(String method, String path) {
        int api = path.indexOf(API);
        var asked = api < 0 ? "" : path.substring(api + API.length());
        if (asked.equals(LISTING) || asked.equals(DELETION)) {
            return ofLists(method, asked);
        }
        var unsupported = UnsupportedEndpoints.reason(asked);
        if (unsupported.isPresent()) {
            return new Missing(unsupported.get());
        }
        var result = RESULT.matcher(asked);
        if (result.matches()) {
            return method.equals("GET") ? new Result(result.group(1)) : new WrongMethod("GET");
        }
        if (asked.indexOf('/') > 0 && !asked.startsWith("predictions/")) {
            return method.equals("POST") ? new Submission(asked) : new WrongMethod("POST");
        }
        return new Missing("try POST /api/v3/{model} or GET /api/v3/predictions/{id}/result");
    }
}
