package dev.darkroom.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content of a model file, made from the provider's live catalogue. What the catalogue does not say is kept from
 * the file before: texts for people, the patterns of parameters, sizes, the last day and the successor.
 */
final class ModelFileDraft {

    private static final String SCHEMA = "https://json-schema.org/draft/2020-12/schema";
    private static final String NOT_BLANK = "[^\\s\\p{Z}\\p{Cc}\\p{Cf}]";
    private static final int MAX_TEXT = 500;

    private static final Pattern RATIO = Pattern.compile("[1-9]\\d?:[1-9]\\d?");
    private static final Pattern PIXELS = Pattern.compile("[1-9]\\d{2,4}\\*[1-9]\\d{2,4}");
    private static final Pattern TIER = Pattern.compile("([1-9](\\.\\d)?)k");
    private static final int PIXELS_OF_A_TIER = 1024;

    private final LiveModel live;
    private final ObjectNode before;

    /** {@code before} is the model's file, if it has one. */
    ModelFileDraft(LiveModel live, Optional<ObjectNode> before) {
        this.live = live;
        this.before = before.orElseGet(JsonNodeFactory.instance::objectNode);
    }

    /** The parameter that says how many images a call makes: the file's, else one with a usual name. */
    Optional<String> images() {
        return before.has("images") ? Optional.of(before.path("images").asText()) : live.numberOfImages();
    }

    /**
     * The content with a price.
     *
     * @param price the rule, null where none is established; then the price of the file before is kept
     * @param priceNote how certain a new price is; may be empty
     */
    ObjectNode content(JsonNode price, String priceNote) {
        var file = JsonNodeFactory.instance.objectNode();
        file.put("$schema", before.path("$schema").asText());
        file.put("id", before.path("id").asText(live.id()));
        file.put("provider", before.path("provider").asText("wavespeed"));
        file.put("upstreamPath", live.id());
        file.put("name", before.path("name").asText(text(live.name(), live.id())));
        file.put("description", before.path("description").asText(text(live.description(), live.name())));
        copy("sources", file);
        boolean isKept = before.has("price")
                && (price.isNull()
                        || price.toString().equals(before.get("price").toString()));
        file.set("price", isKept ? before.get("price") : price);
        if (isKept) {
            copy("priceNote", file);
        } else if (!priceNote.isEmpty()) {
            file.put("priceNote", priceNote);
        }
        images().ifPresent(name -> file.put("images", name));
        file.setAll(sizes());
        copy("retiredOn", file);
        copy("successor", file);
        file.set("input", input());
        return file;
    }

    private static String text(String text, String otherwise) {
        var stripped = text.strip();
        return stripped.isEmpty() ? otherwise : stripped.substring(0, Math.min(MAX_TEXT, stripped.length()));
    }

    private void copy(String name, ObjectNode file) {
        if (before.has(name)) {
            file.set(name, before.get(name));
        }
    }

    /** The file's sizes; for a new file those that the names and values of the parameters show. */
    private ObjectNode sizes() {
        var file = JsonNodeFactory.instance.objectNode();
        if (!before.isEmpty()) {
            copy("sizes", file);
            return file;
        }
        var sizes = JsonNodeFactory.instance.objectNode();
        var parameters = live.parameters();
        if (valuesAre(parameters, "size", PIXELS)) {
            sizes.put("pixels", "size");
        } else if (parameters.containsKey("width") && parameters.containsKey("height")) {
            sizes.put("width", "width").put("height", "height");
        }
        if (valuesAre(parameters, "aspect_ratio", RATIO)) {
            sizes.put("ratio", "aspect_ratio");
            if (valuesAre(parameters, "resolution", TIER)) {
                var tiers = sizes.put("resolution", "resolution").putObject("tiers");
                values(parameters.get("resolution")).forEach(tier -> tiers.put(tier.asText(), side(tier.asText())));
            }
        }
        if (!sizes.isEmpty()) {
            file.set("sizes", sizes);
        }
        return file;
    }

    private static boolean valuesAre(Map<String, ObjectNode> parameters, String name, Pattern form) {
        var parameter = parameters.get(name);
        if (parameter == null) {
            return false;
        }
        var values = values(parameter);
        return values.isEmpty()
                ? form.matcher(parameter.path("default").asText()).matches()
                : values.valueStream()
                        .allMatch(value -> form.matcher(value.asText()).matches());
    }

    private static JsonNode values(@Nullable ObjectNode parameter) {
        return parameter == null ? MissingNode.getInstance() : parameter.path("enum");
    }

    private static int side(String tier) {
        return (int) (Double.parseDouble(tier.substring(0, tier.length() - 1)) * PIXELS_OF_A_TIER);
    }

    private ObjectNode input() {
        var input = JsonNodeFactory.instance.objectNode();
        input.put("$schema", SCHEMA).put("type", "object").put("additionalProperties", false);
        var required = input.putArray("required");
        var properties = input.putObject("properties");
        live.parameters().forEach((name, parameter) -> {
            properties.set(name, property(name, parameter));
            if (live.requires(name)) {
                required.add(name);
            }
        });
        return input;
    }

    private ObjectNode property(String name, ObjectNode parameter) {
        var known = before.path("input").path("properties").path(name);
        var property = JsonNodeFactory.instance.objectNode();
        property.set("type", parameter.get("type"));
        var description =
                known.path("description").asText(live.descriptionOf(name).strip());
        if (!description.isEmpty()) {
            property.put("description", text(description, name));
        }
        if (known.has("pattern")) {
            property.set("pattern", known.get("pattern"));
        } else if (known.isMissingNode() && name.equals("prompt")) {
            property.put("pattern", NOT_BLANK);
            property.putObject("errorMessage").put("pattern", "must not be blank");
        }
        LiveModel.KEYWORDS.stream()
                .filter(keyword -> parameter.hasNonNull(keyword))
                .forEach(keyword -> property.set(keyword, parameter.get(keyword)));
        if (known.has("errorMessage")) {
            property.set("errorMessage", known.get("errorMessage"));
        }
        return property;
    }
}
