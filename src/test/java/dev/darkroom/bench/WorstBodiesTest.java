package dev.darkroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The request bodies that the benchmark measures: each is answered, and rejected unless its name says otherwise. */
class WorstBodiesTest {

    private static final Model IMAGEN =
            new JsonSchemaCatalogue().find(new ModelId("wavespeed-ai/imagen4")).orElseThrow();

    static Stream<Arguments> bodies() {
        return WorstBodies.byKind().entrySet().stream()
                .map(body -> Arguments.argumentSet(body.getKey(), body.getKey(), body.getValue()));
    }

    @Timeout(30) // a thousand times what it takes; without limits on numbers one body took minutes
    @ParameterizedTest
    @MethodSource("bodies")
    void eachIsAnswered(String kind, String body) {
        assertThat(WorstBodies.bytes(body)).isLessThanOrEqualTo(WorstBodies.MAX_BYTES);

        var validation = IMAGEN.validate(body);

        assertThat(validation instanceof Validation.Valid).isEqualTo(kind.endsWith(", accepted"));
    }
}
