package dev.darkroom.http.openai.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.Metadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the body of one request. A member that is null counts as left out. What the dialect does not know is left for
 * the model's own check.
 */
public final class RequestReader {

    /** In characters, more than any value that is taken. */
    private static final int MAX_LENGTH = 512;

    /** Identifiers of the caller's users. They change nothing, so they are notes. */
    private static final List<String> NOTES = List.of("user", "safety_identifier");

    private static final String NO_FORMAT = "must be url or b64_json";

    /** OpenAI answers images of these models without being asked, and refuses to be asked. */
    private static final Pattern INLINE_BY_DEFAULT = Pattern.compile("(chat)?gpt-image-.*");

    private final ObjectNode body;
    private final Metadata metadata;
    private final List<Violation> violations = new ArrayList<>();

    private RequestReader(ObjectNode body, Metadata metadata) {
        this.body = body;
        this.metadata = metadata;
    }

    /** The result of {@link #read}. */
    public sealed interface Result {

        record Read(ImagesRequest request) implements Result {}

        /** {@code violations} is not empty. */
        record Refused(List<Violation> violations) implements Result {

            public Refused {
                violations = List.copyOf(violations);
            }
        }
    }

    /** {@code metadata} is that of the request's headers. */
    public static Result read(ObjectNode body, Metadata metadata) {
        return new RequestReader(withoutNulls(body), metadata).read();
    }

    private static ObjectNode withoutNulls(ObjectNode body) {
        var members = body.objectNode();
        body.properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                members.set(member.getKey(), member.getValue());
            }
        });
        return members;
    }

    private Result read() {
        violations.addAll(WithoutEffect.takeFrom(body));
        var model = text("model", "must be the id of a model: GET /v1/models lists them");
        var number = NumberOfImages.takeFrom(body);
        violations.addAll(number.violations());
        var size = text("size", "must be auto or WIDTHxHEIGHT in pixels").filter(text -> !text.equals("auto"));
        boolean isInline = isInline(model);
        var notes = notes();
        return violations.isEmpty()
                ? new Result.Read(new ImagesRequest(model, number.images(), size, isInline, notes, body))
                : new Result.Refused(violations);
    }

    /** Empty when it is left out, and when it is wrong, which is noted. */
    private Optional<String> text(String name, String message) {
        var value = take(name);
        if (value.isPresent() && !isText(value.get())) {
            violations.add(new Violation(name, message));
            return Optional.empty();
        }
        return value.map(JsonNode::textValue);
    }

    private static boolean isText(JsonNode value) {
        return value.isTextual()
                && !value.textValue().isBlank()
                && value.textValue().length() <= MAX_LENGTH;
    }

    /** The member, which the model then does not see. */
    private Optional<JsonNode> take(String name) {
        return Optional.ofNullable(body.remove(name));
    }

    private boolean isInline(Optional<String> model) {
        var format = text("response_format", NO_FORMAT);
        if (format.isEmpty()) {
            return model.filter(name -> INLINE_BY_DEFAULT.matcher(name).matches())
                    .isPresent();
        }
        boolean isInline = format.get().equals("b64_json");
        if (!isInline && !format.get().equals("url")) {
            violations.add(new Violation("response_format", NO_FORMAT));
        }
        return isInline;
    }

    /** The notes of the headers, and the identifiers of users. */
    private Metadata notes() {
        var pairs = new LinkedHashMap<>(metadata.pairs());
        for (var name : NOTES) {
            text(name, "must be a string of 1 to %d characters".formatted(MAX_LENGTH))
                    .ifPresent(value -> pairs.put(name, value));
            var problem = Metadata.problem(pairs);
            if (problem.isPresent()) {
                violations.add(new Violation(name, "cannot be noted: metadata " + problem.get()));
                return metadata;
            }
        }
        return new Metadata(pairs);
    }
}
