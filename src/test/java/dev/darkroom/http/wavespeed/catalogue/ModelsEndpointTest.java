package dev.darkroom.http.wavespeed.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of models has the fields that the provider's clients read, and is not sent twice. */
class ModelsEndpointTest {

    private static final String MODELS = "/api/v3/models";

    private final FuzzedGateway gateway = new FuzzedGateway();

    @Test
    void aModelHasTheFieldsThatTheProvidersClientsRead() {
        var entry = entry("wavespeed-ai/imagen4");

        assertThat(entry.path("name").asText()).isEqualTo("Imagen 4");
        assertThat(entry.path("description").asText()).isNotBlank();
        assertThat(entry.path("type").asText()).isEqualTo("text-to-image");
        assertThat(entry.path("base_price").decimalValue()).isEqualByComparingTo("0.04");
        assertThat(entry.path("formula").asText()).isEqualTo("{\"total_price\": (0.04) * num_images}");
        var schema = entry.at("/api_schema/api_schemas/0/request_schema");
        assertThat(schema.at("/properties/num_images/maximum").asInt()).isEqualTo(4);
        assertThat(schema.path("required")).hasToString("[\"prompt\"]");
        assertThat(schema.path("x-order-properties").path(0).asText()).isEqualTo("prompt");
        assertThat(entry.has("drawn_by")).isFalse();
        assertThat(entry.has("retired_on")).isFalse();
    }

    @Test
    void everyModelIsListed() {
        var data = CatalogueAnswers.data(CatalogueAnswers.get(gateway, MODELS));

        assertThat(data.valueStream().map(entry -> entry.path("model_id").asText()))
                .containsExactlyInAnyOrderElementsOf(gateway.core.catalogue.ids().stream()
                        .map(id -> id.value())
                        .toList());
        assertThat(data)
                .allSatisfy(entry -> assertThat(entry.at("/api_schema/api_schemas/0/request_schema/properties"))
                        .isNotEmpty());
    }

    /** The provider's clients sort by it, and show a model without it as one that nobody uses. */
    @Test
    void everyModelHasItsPlaceInTheList() {
        var data = CatalogueAnswers.data(CatalogueAnswers.get(gateway, MODELS));

        assertThat(data.valueStream().map(entry -> entry.path("sort_order").asInt()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, data.size()).boxed().toList());
    }

    /** The provider's clients would take null for a number. */
    @Test
    void aPriceThatIsNotEstablishedIsLeftOut() {
        var entry = entry("google/nano-banana-2/text-to-image");

        assertThat(entry.has("base_price")).isFalse();
        assertThat(entry.has("formula")).isFalse();
    }

    @Test
    void aRetiredModelSaysWhoDrawsIt() {
        gateway.core.clock.set(Instant.parse("2026-08-17T00:00:00Z"));

        var entry = entry("google/imagen4");

        assertThat(entry.path("drawn_by").asText()).isEqualTo("google/nano-banana-2/text-to-image");
        assertThat(entry.path("retired_on").asText()).isEqualTo("2026-08-17");
        assertThat(entry.has("formula")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void aCallerThatHasTheListGetsNoBody(String known) {
        var tag = CatalogueAnswers.get(gateway, MODELS).at("/headers/etag").asText();

        var answer = conditional(known.formatted(tag));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(304);
        assertThat(answer.has("body")).isFalse();
        assertThat(answer.at("/headers/etag").asText()).isEqualTo(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(answer.at("/headers/cache-control").asText()).isEqualTo("private, no-cache");
    }

    @Test
    void aCallerThatHasAnotherListGetsThisOne() {
        var tag = CatalogueAnswers.get(gateway, MODELS).at("/headers/etag").asText();
        gateway.core.clock.set(Instant.parse("2026-08-17T00:00:00Z"));

        var answer = conditional(tag);

        assertThat(CatalogueAnswers.data(answer)).isNotEmpty();
        assertThat(answer.at("/headers/etag").asText()).isNotEqualTo(tag);
    }

    private JsonNode conditional(String known) {
        var event = LambdaEvents.http("GET " + MODELS, MODELS);
        event.withObject("/headers").put("if-none-match", known);
        return gateway.submit.handleRequest(event, new FakeContext(10_000));
    }

    private JsonNode entry(String model) {
        return CatalogueAnswers.data(CatalogueAnswers.get(gateway, MODELS))
                .valueStream()
                .filter(entry -> entry.path("model_id").asText().equals(model))
                .findFirst()
                .orElseThrow();
    }
}
