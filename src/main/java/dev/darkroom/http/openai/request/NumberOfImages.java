package dev.darkroom.http.openai.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * How many images a request asks for.
 *
 * @param images 1 to 10
 * @param violations what is wrong with the number
 */
record NumberOfImages(int images, List<Violation> violations) {

    private static final int MAX = 10;

    /** OpenAI's name, and the names that clients of the models' own parameters use. */
    private static final List<String> NAMES = List.of("n", "num_images", "num_outputs");

    /** Removes the number from the body, under whichever names it is there. */
    static NumberOfImages takeFrom(ObjectNode body) {
        var violations = new ArrayList<Violation>();
        var numbers = new LinkedHashMap<String, Integer>();
        NAMES.stream()
                .filter(body::has)
                .forEach(name -> numbers.put(name, number(name, body.remove(name), violations)));
        int images = numbers.values().stream().findFirst().orElse(1);
        numbers.forEach((name, value) -> {
            if (value != images) {
                violations.add(new Violation(name, "must be the same as n, or left out"));
            }
        });
        return new NumberOfImages(images, violations);
    }

    /** 1 if it is wrong, which is noted. */
    private static int number(String name, JsonNode value, List<Violation> violations) {
        if (value.canConvertToExactIntegral() && value.canConvertToLong()) {
            long number = value.longValue();
            if (number >= 1 && number <= MAX) {
                return (int) number;
            }
        }
        violations.add(new Violation(name, "must be an integer from 1 to %d".formatted(MAX)));
        return 1;
    }
}
