package dev.darkroom.http.wavespeed;

import dev.darkroom.core.generation.GenerationId;
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

    record WrongMethod(String allowed) implements Endpoint {}

    /** {@code message} says what there is instead. */
    record Missing(String message) implements Endpoint {}

    String API = "/api/v3/";
    Pattern RESULT = Pattern.compile("predictions/([^/]+)(/result)?");

    /** Where a caller reads a generation. */
    static String resultPath(GenerationId id) {
        return API + "predictions/" + id + "/result";
    }

    static Endpoint of(ApiGatewayRequest request) {
        return switch (request.routeKey()) {
            case "GET /api/v3/predictions/{id}", "GET /api/v3/predictions/{id}/result" ->
                new Result(request.pathParameter("id"));
            case "POST /api/v3/{model+}" -> submission(request.pathParameter("model"));
            default -> of(request.method(), request.path());
        };
    }

    private static Endpoint submission(String model) {
        var path = ApiGatewayRequest.withSingleSlashes("/" + model).substring(1);
        return UnsupportedEndpoints.reason(path).<Endpoint>map(Missing::new).orElseGet(() -> new Submission(path));
    }

    private static Endpoint of(String method, String path) {
        int api = path.indexOf(API);
        var asked = api < 0 ? "" : path.substring(api + API.length());
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
