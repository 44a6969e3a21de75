package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.ModelDescription;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.jsonschema.input.JsonBody;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A model whose input is described by a JSON Schema of one flat object.
 *
 * @param asked the path that was requested: the model's id, or an alias of it
 */
record JsonSchemaModel(ModelFile file, ModelId asked, UnknownParameters unknown) implements Model {

    @Override
    public ModelId id() {
        return file.id();
    }

    @Override
    public ProviderId provider() {
        return file.provider();
    }

    @Override
    public String upstreamPath() {
        return file.upstreamPath();
    }

    @Override
    public Validation validate(String body) {
        return switch (JsonBody.read(body)) {
            case JsonBody.Unreadable(var violation) -> new Validation.Invalid(List.of(violation));
            case JsonBody.Read(var object) -> new InputCheck(this, object).validation();
        };
    }

    @Override
    public Validation validateWithoutPrompt(String body) {
        return validate(PriceInput.withPrompt(body));
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription(
                file.name(), file.description(), RequestSchema.of(file).toString());
    }

    @Override
    public int images(String input) {
        return file.images(read(input));
    }

    @Override
    public int maxImages() {
        return file.maxImages();
    }

    @Override
    public Optional<LocalDate> retiredOn() {
        return file.retiredOn();
    }

    @Override
    public OptionalLong price(String input) {
        return file.price(read(input));
    }

    @Override
    public Optional<String> priceFormula() {
        return file.price().map(rule -> PriceFormula.of(rule, file.schema()));
    }

    /** The names of the parameters that a body has a value for, a number of images under the model's own name. */
    Set<String> sent(String body) {
        return new InputCheck(this, read(body)).sent();
    }

    /** Reads JSON that was read before. */
    static ObjectNode read(String input) {
        return switch (JsonBody.read(input)) {
            case JsonBody.Read(var object) -> object;
            case JsonBody.Unreadable _ -> throw new IllegalArgumentException("the input is not valid");
        };
    }

    @Override
    public Optional<Map<String, Object>> sized(int width, int height) {
        return file.sizes().parameters(width, height, file.schema()).map(parameters -> {
            var values = new LinkedHashMap<String, Object>();
            parameters.forEach((name, value) -> values.put(name, value(value)));
            return values;
        });
    }

    @Override
    public List<String> sizes() {
        return file.sizes().described(file.schema());
    }

    private static Object value(JsonNode value) {
        return value.isInt() ? (Object) value.intValue() : value.asText();
    }
}
