package dev.darkroom.jsonschema;

import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.ModelDescription;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A model that another one draws. A request is checked as the requested model's, so that errors name what the caller
 * sent. Then it is translated, and checked as the other model's.
 */
record TranslatedModel(JsonSchemaModel asked, Map<String, FieldRule> map, Model drawing) implements Model {

    @Override
    public ModelId id() {
        return drawing.id();
    }

    @Override
    public ProviderId provider() {
        return drawing.provider();
    }

    @Override
    public String upstreamPath() {
        return drawing.upstreamPath();
    }

    @Override
    public Validation validate(String body) {
        return switch (asked.validate(body)) {
            case Validation.Invalid invalid -> invalid;
            case Validation.Valid valid -> translated(valid, asked.sent(body));
        };
    }

    /** For a body that was translated itself; {@code sent} are those of its parameters that the caller sent. */
    Validation validate(String body, Set<String> sent) {
        return switch (asked.validate(body)) {
            case Validation.Invalid invalid -> invalid;
            case Validation.Valid valid -> translated(valid, sent);
        };
    }

    private Validation translated(Validation.Valid valid, Set<String> sent) {
        return new Translation(map, drawing, sent).of(JsonSchemaModel.read(valid.input()), valid);
    }

    @Override
    public Validation validateWithoutPrompt(String body) {
        return validate(PriceInput.withPrompt(body));
    }

    @Override
    public ModelDescription description() {
        return asked.description();
    }

    @Override
    public int images(String input) {
        return drawing.images(input);
    }

    @Override
    public int maxImages() {
        return asked.maxImages();
    }

    @Override
    public OptionalLong price(String input) {
        return drawing.price(input);
    }

    @Override
    public Optional<LocalDate> retiredOn() {
        return asked.retiredOn().or(drawing::retiredOn);
    }

    @Override
    public Optional<Map<String, Object>> sized(int width, int height) {
        return asked.sized(width, height);
    }

    @Override
    public List<String> sizes() {
        return asked.sizes();
    }
}
