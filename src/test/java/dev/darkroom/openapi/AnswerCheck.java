package dev.darkroom.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.http.ApiDocument;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.local.gateway.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks answers against an OpenAPI document: the status is described, and headers and body are as described. Requests
 * that the document does not describe may only be refused, or be a submission to a path that a setting has added.
 */
public final class AnswerCheck {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PARAMETER = Pattern.compile("\\{[^/{}]+}");
    private static final String API = "/api/v3/";
    private static final int FIRST_ERROR = 400;

    /** A path of the document with parameters. */
    private record Template(Pattern pattern, JsonNode item) {}

    private final JsonNode document;
    private final AnswerSchemas schemas;
    private final List<Template> templates = new ArrayList<>();

    public AnswerCheck(JsonNode document) {
        this.document = document;
        this.schemas = new AnswerSchemas(document);
        document.path("paths").properties().stream()
                .filter(path -> path.getKey().contains("{"))
                .map(path -> new Template(pattern(path.getKey(), path.getValue()), path.getValue()))
                .forEach(templates::add);
    }

    /** One for all platforms of a process, because its schemas take a while to read. */
    private static final class Packaged {
        static final AnswerCheck CHECK =
                new AnswerCheck(parsed(ApiDocument.packaged().text()));
    }

    /** With the document of the artifact. */
    public static AnswerCheck packaged() {
        return Packaged.CHECK;
    }

    /** The parameter of a greedy route may have slashes, which OpenAPI cannot say. */
    private static Pattern pattern(String path, JsonNode item) {
        boolean isGreedy = item.findValue("x-greedy") != null;
        return Pattern.compile(PARAMETER.matcher(path).replaceAll(isGreedy ? ".+" : "[^/]+"));
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong, a sentence each that begins with the request and the status. */
    public List<String> problems(Answer answer) {
        return problemsOf(answer)
                .map(problem ->
                        "%s %s, answered %d: %s".formatted(answer.method(), answer.path(), answer.status(), problem))
                .toList();
    }

    private Stream<String> problemsOf(Answer answer) {
        var path = described(answer.path());
        var operation = item(path).flatMap(item -> operation(item, answer.method()));
        // Not every path with a slash too many leads to its endpoint.
        boolean isExact = path.equals(answer.path());
        if (answer.status() >= FIRST_ERROR && (operation.isEmpty() || !isExact)) {
            return problemsOfRefusal(answer);
        }
        if (operation.isPresent()) {
            return problems(operation.get(), answer);
        }
        if (answer.method().equals("OPTIONS")) {
            return answer.body().isEmpty() ? Stream.of() : Stream.of("has a body");
        }
        return answer.method().equals("POST") && path.startsWith(API)
                ? problems(submission(), answer)
                : Stream.of("is not described");
    }

    /** Without slashes too many, and without a stage in front. */
    private static String described(String path) {
        var single = ApiGatewayRequest.withSingleSlashes(path);
        return single.substring(Math.max(0, single.indexOf(API)));
    }

    private Optional<JsonNode> item(String path) {
        var exact = document.path("paths").path(path);
        return exact.isMissingNode()
                ? templates.stream()
                        .filter(template -> template.pattern().matcher(path).matches())
                        .map(Template::item)
                        .findFirst()
                : Optional.of(exact);
    }

    /** HEAD is answered like GET. */
    private static Optional<JsonNode> operation(JsonNode item, String method) {
        var asked = method.equals("HEAD") ? "GET" : method;
        return Optional.ofNullable(item.get(asked.toLowerCase(Locale.ROOT)));
    }

    /** That of any model, because all models have the same answers. */
    private JsonNode submission() {
        return document.path("paths")
                .valueStream()
                .map(item -> item.path("post"))
                .filter(operation -> operation.path("tags").path(0).asText().equals("Models"))
                .findFirst()
                .orElseThrow();
    }

    private Stream<String> problems(JsonNode operation, Answer answer) {
        var response = resolved(operation.path("responses").path(Integer.toString(answer.status())));
        return response.isMissingNode()
                ? Stream.of("the status is not described")
                : Stream.concat(problemsOfHeaders(response, answer), problemsOfBody(response, answer));
    }

    private Stream<String> problemsOfHeaders(JsonNode response, Answer answer) {
        return response.path("headers").properties().stream().flatMap(header -> {
            var described = resolved(header.getValue());
            var value = Optional.ofNullable(answer.headers().get(header.getKey()));
            if (value.isEmpty()) {
                return described.path("required").asBoolean()
                        ? Stream.of("the header %s is missing".formatted(header.getKey()))
                        : Stream.of();
            }
            return schemas.problems(described.path("schema"), JsonNodeFactory.instance.textNode(value.get()))
                    .map(problem -> "the header %s%s".formatted(header.getKey(), problem));
        });
    }

    private Stream<String> problemsOfBody(JsonNode response, Answer answer) {
        var schema = response.at("/content/application~1json/schema");
        if (answer.method().equals("HEAD") || schema.isMissingNode()) {
            return answer.method().equals("HEAD") || answer.body().isEmpty() ? Stream.of() : Stream.of("has a body");
        }
        return problemsOfBody(schema, answer.headers(), answer.body());
    }

    private Stream<String> problemsOfBody(JsonNode schema, Map<String, String> headers, String body) {
        if (!"application/json".equals(headers.get("content-type"))) {
            return Stream.of("the content type is " + headers.get("content-type"));
        }
        try {
            return schemas.problems(schema, JSON.readTree(body)).map(problem -> problem + " in " + shortened(body));
        } catch (JsonProcessingException _) {
            return Stream.of("the body is not JSON: " + shortened(body));
        }
    }

    /** The error of any function, or of API Gateway, with the status as its code. */
    private Stream<String> problemsOfRefusal(Answer answer) {
        if (answer.method().equals("HEAD")) {
            return Stream.of();
        }
        var either = JsonNodeFactory.instance.objectNode();
        var schemasOfErrors = either.putArray("anyOf");
        List.of("Error", "OpenAiError", "GatewayError")
                .forEach(name -> schemasOfErrors.addObject().put("$ref", "#/components/schemas/" + name));
        boolean lacksMethods = answer.status() == 405 && !answer.headers().containsKey("allow");
        return Stream.concat(
                lacksMethods ? Stream.of("the header allow is missing") : Stream.of(),
                problemsOfBody(either, answer.headers(), answer.body()));
    }

    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref");
        return reference.isTextual() ? document.at(reference.asText().substring(1)) : node;
    }

    private static String shortened(String body) {
        return body.length() <= 500 ? body : body.substring(0, 500) + "…";
    }
}
