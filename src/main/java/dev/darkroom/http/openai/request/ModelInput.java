package dev.darkroom.http.openai.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.catalogue.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a model is asked: the request in its own parameters. */
public sealed interface ModelInput {

    /** Every model takes the number of images under this name, whatever it calls it. */
    String NUMBER = "num_images";

    /** The parameter that makes two calls with one input draw the same image. */
    String SEED = "seed";

    /** In pixels. */
    Pattern SIZE = Pattern.compile("([1-9]\\d{1,4})[x*]([1-9]\\d{1,4})");

    Pattern SIDE_BREAK = Pattern.compile("[x*]");

    /**
     * The model's own check comes next.
     *
     * @param body the parameters, JSON
     * @param calls how often they are sent
     * @param warnings what the request gets in another way than it asks for
     */
    record Asked(String body, int calls, List<Warning> warnings) implements ModelInput {

        public Asked {
            warnings = List.copyOf(warnings);
        }
    }

    /** {@code violations} is not empty. */
    record Refused(List<Violation> violations) implements ModelInput {

        public Refused {
            violations = List.copyOf(violations);
        }
    }

    static ModelInput of(ImagesRequest request, Model model) {
        var body = request.parameters().deepCopy();
        var violations = new ArrayList<Violation>();
        var warnings = new ArrayList<Warning>();
        request.size()
                .ifPresent(size -> sized(size, model)
                        .ifPresentOrElse(
                                parameters -> {
                                    violations.addAll(add(parameters, body));
                                    onlyShape(size, parameters).ifPresent(warnings::add);
                                },
                                () -> violations.add(unknownSize(model))));
        int each = imagesOfEachCall(request.images(), model.maxImages());
        int calls = request.images() / each;
        body.put(NUMBER, each);
        if (calls > 1 && body.hasNonNull(SEED)) {
            violations.add(new Violation(
                    SEED,
                    "must be left out: %d images of this model need %d calls, which would all draw the same"
                            .formatted(request.images(), calls)));
        }
        return violations.isEmpty() ? new Asked(body.toString(), calls, warnings) : new Refused(violations);
    }

    private static Optional<Map<String, Object>> sized(String size, Model model) {
        var sides = SIZE.matcher(size);
        return sides.matches()
                ? model.sized(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)))
                : Optional.empty();
    }

    /** What is said about a size of which the model takes only the shape, such as {@code aspect_ratio 16:9}. */
    private static Optional<Warning> onlyShape(String size, Map<String, Object> parameters) {
        var numbers = List.of(SIDE_BREAK.split(size, -1));
        var values = parameters.values().stream().map(Object::toString).toList();
        if (values.contains(String.join("*", numbers)) || values.containsAll(numbers)) {
            return Optional.empty();
        }
        var made = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + " " + parameter.getValue())
                .sorted()
                .collect(Collectors.joining(" and "));
        return Optional.of(
                new Warning("size", "is only a shape for this model, which chooses the pixels: it draws " + made));
    }

    /** All calls are equal, so that they are one request that is sent several times. */
    private static int imagesOfEachCall(int images, int atMost) {
        return IntStream.rangeClosed(1, Math.min(images, atMost))
                .filter(each -> images % each == 0)
                .max()
                .orElse(1);
    }

    private static List<Violation> add(Map<String, Object> parameters, ObjectNode body) {
        var violations = new ArrayList<Violation>();
        parameters.forEach((name, value) -> {
            var wanted = node(value);
            if (body.hasNonNull(name) && !body.path(name).equals(wanted)) {
                violations.add(new Violation(name, "asks for something else than size: send one of them"));
            }
            body.set(name, wanted);
        });
        return violations;
    }

    private static JsonNode node(Object value) {
        return value instanceof Integer number ? IntNode.valueOf(number) : TextNode.valueOf(value.toString());
    }

    private static Violation unknownSize(Model model) {
        var sizes = model.sizes();
        return new Violation(
                "size",
                sizes.isEmpty()
                        ? "must be auto or left out: this model chooses the size"
                        : "must be auto or one of " + String.join("; ", sizes));
    }
}
