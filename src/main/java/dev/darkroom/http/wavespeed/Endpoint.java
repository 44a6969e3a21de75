package dev.darkroom.http.wavespeed;

import dev.darkroom.core.account.KeyRole;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.wavespeed.catalogue.CatalogueRoute;
import dev.darkroom.http.wavespeed.wire.ApiPaths;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The endpoint that a request asks for. On the default route, method and path decide: a base URL that ends with a slash
 * makes paths such as {@code //api/v3/…}, which match only that route. HEAD asks for the endpoint of GET.
 */
sealed interface Endpoint {

    /** An endpoint that answers only a caller with an API key. A request for no endpoint needs one too. */
    sealed interface Keyed extends Endpoint {

        /** The least role of a key that may ask for it. */
        default KeyRole neededRole() {
            return KeyRole.READ;
        }
    }

    /** An endpoint that stores or changes a generation. */
    sealed interface Changing extends Keyed {

        @Override
        default KeyRole neededRole() {
            return KeyRole.GENERATE;
        }
    }

    /** {@code GET /openapi.json}, which tools read by its address. */
    record Document() implements Endpoint {}

    /** OPTIONS for a path that takes {@code method}; a browser's preflight has no key. */
    record Options(String method) implements Endpoint {}

    /** {@code POST /api/v3/{model}}. */
    record Submission(String model) implements Changing {}

    /** An endpoint of get-generation. */
    sealed interface Read extends Keyed {}

    /** An endpoint of one prediction, which is this gateway's generation. */
    sealed interface OfPrediction extends Keyed {

        /** As it was sent. */
        String id();
    }

    /** {@code GET /api/v3/predictions/{id}/result}, and without {@code /result}. */
    record Result(String id) implements OfPrediction, Read {}

    /** {@code GET /api/v3/predictions/{id}/events}. */
    record Events(String id) implements OfPrediction, Read {}

    /** {@code POST /api/v3/predictions/{id}/cancel}. */
    record Cancel(String id) implements OfPrediction, Changing {

        @Override
        public KeyRole neededRole() {
            return Changing.super.neededRole();
        }
    }

    /** What callers ask before a submission. */
    record Catalogue(CatalogueRoute route) implements Keyed {}

    /** {@code GET /v1/images/by-hash/{sha256}}; the hash is as it was sent. */
    record ByHash(String hash) implements Read {}

    /** {@code POST /api/v3/predictions}. */
    record Listing() implements Read {}

    /** {@code POST /api/v3/predictions/delete}. */
    record Deletion() implements Changing {}

    record WrongMethod(String allowed) implements Keyed {}

    /** {@code message} says what there is instead. */
    record Missing(String message) implements Keyed {}

    String DOCUMENT = "/openapi.json";
    String LISTING = "predictions";
    String DELETION = "predictions/delete";

    /** For a function that may not do what the path asks for: only the path's own route leads to the right one. */
    String EXACT_PATH =
            "write its path with single slashes and without one at its end; perhaps your base URL ends with one";

    Pattern PREDICTION = Pattern.compile("predictions/([^/]+)(/result|/events|/cancel|)");

    static Endpoint of(ApiGatewayRequest request) {
        return switch (request.routeKey()) {
            case "GET /api/v3/predictions/{id}" -> result(request.pathParameter("id"));
            case "GET /api/v3/predictions/{id}/result" -> new Result(request.pathParameter("id"));
            case "POST /api/v3/predictions/delete" -> new Deletion();
            case "GET /api/v3/predictions/{id}/events" -> new Events(request.pathParameter("id"));
            case "POST /api/v3/predictions/{id}/cancel" -> new Cancel(request.pathParameter("id"));
            case "GET /v1/images/by-hash/{sha256}",
                    "HEAD /v1/images/by-hash/{sha256}",
                    "ANY /v1/images/by-hash/{sha256}" ->
                taking("GET", request.method(), new ByHash(request.pathParameter("sha256")));
            case "GET /openapi.json", "HEAD /openapi.json", "OPTIONS /openapi.json" ->
                taking("GET", request.method(), new Document());
            case "POST /api/v3/{model+}" -> submission(request.pathParameter("model"));
            default -> of(request.method(), request.path());
        };
    }

    /** The path of deletions matches the route of results. */
    private static Endpoint result(String id) {
        return (LISTING + "/" + id).equals(DELETION) ? new WrongMethod("POST") : new Result(id);
    }

    private static Endpoint submission(String model) {
        var path = ApiGatewayRequest.withSingleSlashes("/" + model).substring(1);
        return switch (path) {
            case LISTING -> new Listing();
            case DELETION -> new Deletion();
            default ->
                ofCatalogue("POST", path)
                        .or(() -> UnsupportedEndpoints.reason(path).map(Missing::new))
                        .orElseGet(() -> new Submission(path));
        };
    }

    private static Optional<Endpoint> ofCatalogue(String method, String path) {
        return CatalogueRoute.at(path).map(route -> taking(route.method(), method, new Catalogue(route)));
    }

    private static Endpoint of(String method, String path) {
        if (path.equals(DOCUMENT)) {
            return taking("GET", method, new Document());
        }
        int api = path.indexOf(ApiPaths.ROOT);
        var asked = api < 0 ? "" : path.substring(api + ApiPaths.ROOT.length());
        if (asked.equals(LISTING)) {
            return taking("POST", method, new Listing());
        }
        if (asked.equals(DELETION)) {
            return taking("POST", method, new Deletion());
        }
        var catalogue = ofCatalogue(method, asked);
        if (catalogue.isPresent()) {
            return catalogue.get();
        }
        var unsupported = UnsupportedEndpoints.reason(asked);
        if (unsupported.isPresent()) {
            return new Missing(unsupported.get());
        }
        var prediction = PREDICTION.matcher(asked);
        if (prediction.matches()) {
            var id = prediction.group(1);
            return switch (prediction.group(2)) {
                case "/cancel" -> taking("POST", method, new Cancel(id));
                case "/events" -> taking("GET", method, new Events(id));
                default -> taking("GET", method, new Result(id));
            };
        }
        if (asked.indexOf('/') > 0 && !asked.startsWith("predictions/")) {
            return taking("POST", method, new Submission(asked));
        }
        return new Missing("try POST /api/v3/{model} or GET /api/v3/predictions/{id}/result");
    }

    /** The endpoint, if the request has the method that the endpoint takes. */
    private static Endpoint taking(String method, String requested, Endpoint endpoint) {
        if (requested.equals("OPTIONS")) {
            return new Options(method);
        }
        var asked = requested.equals("HEAD") ? "GET" : requested;
        return asked.equals(method) ? endpoint : new WrongMethod(method);
    }
}
