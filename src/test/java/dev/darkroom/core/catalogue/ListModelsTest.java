package dev.darkroom.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.TestClock;
import dev.darkroom.core.catalogue.ListModels.Listed;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.jsonschema.UnknownParameters;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Every path that can be requested is listed, as it is requested and as it is paid for. */
class ListModelsTest {

    private static final String ALIASES =
            "shop/cheap=wavespeed-ai/flux-schnell,wavespeed-ai/imagen4=google/nano-banana-2/text-to-image";

    private final TestClock clock = new TestClock();
    private final JsonSchemaCatalogue catalogue = new JsonSchemaCatalogue(ALIASES, UnknownParameters.REFUSE);
    private final ListModels listModels = new ListModels(catalogue, clock);

    @Test
    void everyIdIsListedOnceInOrder() {
        var ids = listModels.list().stream().map(model -> model.id().value()).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(
                        catalogue.ids().stream().map(ModelId::value).toList());
    }

    @Test
    void aModelHasItsPriceWithoutParameters() {
        var seedream = listed("bytedance/seedream-v4.5");

        assertThat(seedream.basePrice()).hasValue(40_000);
        assertThat(seedream.drawnBy()).isEqualTo(seedream.id());
        assertThat(seedream.description().inputSchema())
                .startsWith("{\"type\":\"object\",\"properties\":{\"prompt\":{");
        assertThat(listed("openai/gpt-image-1/text-to-image").basePrice()).hasValue(42_000);
        assertThat(listed("openai/gpt-image-2/text-to-image").basePrice()).isEmpty();
    }

    @Test
    void aModelThatAnotherOneDrawsKeepsItsParametersAndHasTheOthersPrice() {
        var imagen = listed("wavespeed-ai/imagen4");

        assertThat(imagen.drawnBy()).isEqualTo(new ModelId("google/nano-banana-2/text-to-image"));
        assertThat(imagen.description().name()).isEqualTo("Imagen 4");
        assertThat(imagen.description().inputSchema()).contains("\"negative_prompt\"");
        assertThat(imagen.basePrice()).isEmpty();
    }

    @Test
    void aFurtherNameIsListedAsTheModelThatItNames() {
        var cheap = listed("shop/cheap");
        var schnell = listed("wavespeed-ai/flux-schnell");

        assertThat(cheap.drawnBy()).isEqualTo(schnell.id());
        assertThat(cheap.description()).isEqualTo(schnell.description());
        assertThat(cheap.basePrice()).hasValue(3_000);
    }

    @Test
    void theLastDayOfAModelIsListedAndItsSuccessorFromThenOn() {
        clock.set(Instant.parse("2026-08-16T23:59:59Z"));
        var before = listed("google/imagen4");
        clock.set(Instant.parse("2026-08-17T00:00:00Z"));

        var after = listed("google/imagen4");

        assertThat(before.retiredOn()).contains(LocalDate.of(2026, 8, 17));
        assertThat(before.drawnBy()).isEqualTo(before.id());
        assertThat(before.basePrice()).hasValue(38_000);
        assertThat(after.retiredOn()).isEqualTo(before.retiredOn());
        assertThat(after.drawnBy()).isEqualTo(new ModelId("google/nano-banana-2/text-to-image"));
        assertThat(after.basePrice()).isEmpty();
    }

    private Listed listed(String id) {
        return listModels.list().stream()
                .filter(model -> model.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
