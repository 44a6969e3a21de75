package dev.darkroom.http.wavespeed.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.darkroom.core.catalogue.ListModels.Listed;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model as callers see it, with the fields of the provider's own list.
 *
 * @param basePrice in US dollars; left out where no price is established, because the provider's clients take null for
 *     a number
 * @param sortOrder the place in the list, from 1; the provider's clients sort by it
 * @param formula the price in US dollars as an expression in JSONata; left out where none is established, and where
 *     another model draws
 * @param drawnBy the gateway's own field; only there when another model draws it
 * @param retiredOn the gateway's own field: the day from which it is not drawn any more; only there when one is known
 */
@RegisterForReflection
record ModelView(
        @JsonProperty("model_id") String modelId,
        String name,
        String description,
        String type,

        @JsonProperty("base_price") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BigDecimal basePrice,

        @JsonProperty("sort_order") int sortOrder,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String formula,

        @JsonProperty("drawn_by") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String drawnBy,

        @JsonProperty("retired_on") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String retiredOn,

        @JsonProperty("api_schema") ApiSchema apiSchema) {

    private static final ObjectWriter WRITER = WaveSpeedDialect.writerFor(Envelope.class);
    private static final String TEXT_TO_IMAGE = "text-to-image";
    private static final String RUN = "model_run";

    /** The provider's envelope. */
    @RegisterForReflection
    record Envelope(int code, String message, List<ModelView> data) {}

    @RegisterForReflection
    record ApiSchema(@JsonProperty("api_schemas") List<Schema> apiSchemas) {}

    /** {@code requestSchema} is JSON. */
    @RegisterForReflection
    record Schema(
            String type,
            @JsonProperty("request_schema") @JsonRawValue String requestSchema) {}

    static String json(List<Listed> models) {
        return WaveSpeedDialect.write(
                WRITER,
                new Envelope(
                        200,
                        "success",
                        IntStream.range(0, models.size())
                                .mapToObj(i -> of(models.get(i), i + 1))
                                .toList()));
    }

    private static ModelView of(Listed model, int place) {
        var description = model.description();
        return new ModelView(
                model.id().value(),
                description.name(),
                description.text(),
                TEXT_TO_IMAGE,
                Dollars.orNull(model.basePrice()),
                place,
                model.formula().orElse(null),
                model.drawnBy().equals(model.id()) ? null : model.drawnBy().value(),
                model.retiredOn().map(LocalDate::toString).orElse(null),
                new ApiSchema(List.of(new Schema(RUN, description.inputSchema()))));
    }
}
