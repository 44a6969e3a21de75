package dev.darkroom.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.http.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The responses for errors. Equal responses are one component, because the paths of all models have the same. */
final class ErrorResponses {

    private static final int TOO_LARGE = 413;

    /** API Gateway's own answers on every route; {@link #TOO_LARGE} only to a body. */
    private static final Set<Integer> ON_EVERY_ROUTE = Set.of(429, 500, 503);

    /** The statuses after which the same request may be sent again. */
    private static final Set<Integer> REPEATABLE = Set.of(429, 502, 503);

    /** OpenAI's errors about a stored generation, which say what it costs. */
    private static final Set<ErrorCode> ABOUT_A_GENERATION = EnumSet.of(
            ErrorCode.STILL_RUNNING,
            ErrorCode.CONTENT_MODERATED,
            ErrorCode.INSUFFICIENT_CREDITS,
            ErrorCode.GENERATION_FAILED,
            ErrorCode.IMAGE_GONE,
            ErrorCode.ANSWER_TOO_LARGE,
            ErrorCode.IMAGES_UNAVAILABLE);

    private final Map<String, String> meanings;
    private final SortedMap<String, ObjectNode> components = new TreeMap<>();

    /** {@code meanings} are by code. */
    ErrorResponses(Map<String, String> meanings) {
        this.meanings = meanings;
    }

    static Optional<ErrorCode> code(String name) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.code().equals(name))
                .findFirst();
    }

    /** What is wrong with the codes that have a meaning, a sentence each. */
    static List<String> problems(Set<String> meant) {
        var problems = new ArrayList<String>();
        Arrays.stream(ErrorCode.values())
                .map(ErrorCode::code)
                .filter(code -> !meant.contains(code))
                .map("errors.yml: %s is missing"::formatted)
                .forEach(problems::add);
        meant.stream()
                .filter(code -> code(code).isEmpty())
                .map("errors.yml: no error has the code %s"::formatted)
                .forEach(problems::add);
        return problems;
    }

    /** The responses that were made so far, by the names of their components. */
    SortedMap<String, ObjectNode> components() {
        return components;
    }

    /**
     * Adds a reference for each status to {@code responses}.
     *
     * @param body the schema of the errors that are not of API Gateway
     */
    void add(ObjectNode responses, DeployedRoute route, Set<ErrorCode> codes, String body) {
        var byStatus = codes.stream()
                .sorted()
                .collect(Collectors.groupingBy(ErrorCode::httpStatus, TreeMap::new, Collectors.toList()));
        var ofGateway = ofGateway(route);
        ofGateway.forEach(status -> byStatus.putIfAbsent(status, List.of()));
        byStatus.forEach((status, ofStatus) -> {
            var error = new ErrorResponse(status, ofStatus, ofGateway.contains(status), body);
            components.computeIfAbsent(error.name(), _ -> response(error));
            responses.putObject(Integer.toString(status)).put("$ref", "#/components/responses/" + error.name());
        });
    }

    private static Set<Integer> ofGateway(DeployedRoute route) {
        var statuses = new TreeSet<>(ON_EVERY_ROUTE);
        if (route.method().equals("POST")) {
            statuses.add(TOO_LARGE);
        }
        return statuses;
    }

    private ObjectNode response(ErrorResponse error) {
        var response = JsonNodeFactory.instance.objectNode().put("description", description(error));
        var headers = response.putObject("headers");
        if (!error.codes().isEmpty()) {
            headers.putObject("x-request-id").put("$ref", "#/components/headers/RequestIdOfAnError");
            if (REPEATABLE.contains(error.status())) {
                headers.putObject("retry-after").put("$ref", "#/components/headers/RetryAfter");
            }
            if (error.codes().contains(ErrorCode.UNAUTHORIZED)) {
                headers.putObject("www-authenticate").put("$ref", "#/components/headers/Authenticate");
            }
        }
        if (error.isOfOpenAi() && !error.codes().isEmpty()) {
            headers.putObject("x-should-retry").put("$ref", "#/components/headers/ShouldRetry");
        }
        if (error.isOfOpenAi() && error.codes().contains(ErrorCode.STILL_RUNNING)) {
            headers.putObject("retry-after-ms").put("$ref", "#/components/headers/RetryAfterMillis");
        }
        if (error.isOfOpenAi() && !Collections.disjoint(error.codes(), ABOUT_A_GENERATION)) {
            headers.putObject("x-darkroom-cost").put("$ref", "#/components/headers/Cost");
        }
        if (error.isOfGateway()) {
            headers.putObject("apigw-requestid").put("$ref", "#/components/headers/GatewayRequestId");
        }
        response.putObject("content").putObject("application/json").set("schema", error.schema());
        return response;
    }

    private String description(ErrorResponse error) {
        var texts = new ArrayList<String>();
        error.codes()
                .forEach(code ->
                        texts.add("`%s`: %s.".formatted(error.nameOf(code), meanings.getOrDefault(code.code(), ""))));
        if (error.isOfGateway()) {
            texts.add(meaningOfGateway(error.status()));
        }
        return String.join("\n", texts);
    }

    private static String meaningOfGateway(int status) {
        return switch (status) {
            case TOO_LARGE -> "The body has more than 10 MB.";
            case 429 -> "All callers together send too many requests a second.";
            case 500 -> "A function crashed or took too long.";
            default -> "A function was throttled.";
        };
    }
}
