package dev.darkroom.http.wavespeed.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A question about a price is answered in the provider's form, creates nothing, and its errors name the field. */
class PriceEndpointTest {

    private static final String PRICE = "/api/v3/model/price";
    private static final String UNIT_PRICE = "/api/v3/model/pricing";

    private final FuzzedGateway gateway = new FuzzedGateway();

    @AfterEach
    void nothingIsStoredOrPaidFor() {
        gateway.checkNothingHappened();
    }

    @Test
    void aPriceHasTheFieldsThatTheProvidersMcpServerReads() {
        var question = """
                {"model_id": "wavespeed-ai/imagen4", "inputs": {"prompt": "a cat", "num_images": 3}}""";

        var data = CatalogueAnswers.data(CatalogueAnswers.post(gateway, PRICE, question));

        assertThat(data).isEqualTo(CatalogueAnswers.read("""
                {"model_id": "wavespeed-ai/imagen4", "price": 0.12, "discounted_price": 0.12, "discount_rate": 0,
                 "currency": "USD"}"""));
    }

    @Test
    void aUnitPriceHasTheFieldsThatTheProvidersCommandLineReads() {
        var question = """
                {"inputs": {"num_images": 3}, "model_id": "wavespeed-ai/imagen4"}""";

        var data = CatalogueAnswers.data(CatalogueAnswers.post(gateway, UNIT_PRICE, question));

        assertThat(data).isEqualTo(CatalogueAnswers.read("""
                {"model_id": "wavespeed-ai/imagen4", "unit_price": 0.12, "currency": "USD"}"""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model_id\": \"wavespeed-ai/imagen4\"}",
                "{\"model_id\": \"wavespeed-ai/imagen4\", \"inputs\": null}",
                "{\"model_id\": \"wavespeed-ai/imagen4\", \"inputs\": {}}",
                " {\"inputs\" :\n{ \"prompt\":\"}\\\"{\" } ,\t\"model_id\": \"wavespeed-ai/imagen4\" } "
            })
    void whatIsLeftOutHasItsDefault(String question) {
        var data = CatalogueAnswers.data(CatalogueAnswers.post(gateway, PRICE, question));

        assertThat(data.path("price").decimalValue()).isEqualByComparingTo("0.04");
    }

    /** Beyond 32,768 characters the text is read in pieces. */
    @ParameterizedTest
    @ValueSource(ints = {10, 32_000, 33_000, 100_000})
    void theInputsAreReadWhereverTheyStand(int length) {
        var text = "猫{".repeat(length / 2);

        var data = CatalogueAnswers.data(CatalogueAnswers.post(
                gateway,
                PRICE,
                "{\"model_id\": \"wavespeed-ai/imagen4\", \"inputs\": {\"prompt\": \"%s\", \"num_images\": 2}}"
                        .formatted(text)));
        var later = CatalogueAnswers.refused(CatalogueAnswers.post(
                gateway,
                PRICE,
                "{\"model_id\": %s\"wavespeed-ai/imagen4\", \"inputs\": {\"num_images\": 5}}"
                        .formatted(" ".repeat(length))));

        assertThat(data.path("price").decimalValue()).isEqualByComparingTo("0.08");
        assertThat(later.body().at("/errors/0/field").asText()).isEqualTo("num_images");
    }

    @Test
    void aPriceThatIsNotEstablishedIsNullAndSaysSo() {
        var question = "{\"model_id\": \"google/nano-banana-2/text-to-image\", \"inputs\": {\"prompt\": \"a cat\"}}";

        var price = CatalogueAnswers.data(CatalogueAnswers.post(gateway, PRICE, question));
        var unitPrice = CatalogueAnswers.data(CatalogueAnswers.post(gateway, UNIT_PRICE, question));

        assertThat(price.path("price").isNull()).isTrue();
        assertThat(price.path("discounted_price").isNull()).isTrue();
        assertThat(price.path("discount_rate").isNull()).isTrue();
        assertThat(unitPrice.path("unit_price").isNull()).isTrue();
        assertThat(price.path("note")).isEqualTo(unitPrice.path("note"));
        assertThat(price.path("note").asText()).startsWith("no price is established for this request");
    }

    @Test
    void theQuoteOfARetiredModelSaysWhoDrawsIt() {
        gateway.core.clock.set(Instant.parse("2026-08-17T00:00:00Z"));

        var answer =
                CatalogueAnswers.post(gateway, PRICE, "{\"model_id\": \"google/imagen4\", \"inputs\": {\"seed\": 1}}");

        assertThat(answer.at("/headers/sunset").asText()).isEqualTo("Mon, 17 Aug 2026 00:00:00 GMT");
        var data = CatalogueAnswers.data(answer);
        assertThat(data.path("model_id").asText()).isEqualTo("google/imagen4");
        assertThat(data.path("price").isNull()).isTrue();
        assertThat(data.path("warnings"))
                .hasToString("[{\"field\":\"model\",\"message\":\"google/imagen4 is drawn by"
                        + " google/nano-banana-2/text-to-image\"},{\"field\":\"seed\",\"message\":\"was not used:"
                        + " google/nano-banana-2/text-to-image takes no seed\"}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                    | 400 | body       | is missing: send a JSON object
            []                                                    | 400 | body       | must be a JSON object
            "inputs"                                              | 400 | body       | must be a JSON object
            {"model_id":                                          | 400 | body       | is not valid JSON (line 1, column 13)
            {"model_id": "a/b"} {}                                | 400 | body       | has more text after the JSON object
            {}                                                    | 400 | model_id   | is required
            {"inputs": {"prompt": "a cat"}}                       | 400 | model_id   | is required
            {"model_id": null}                                    | 400 | model_id   | must be a string
            {"model_id": 4}                                       | 400 | model_id   | must be a string
            {"model_id": "a/b", "model_id": "a/c"}                | 400 | model_id   | is duplicated
            {"model_id": "a/b", "inputs": {}, "inputs": {}}       | 400 | inputs     | is duplicated
            {"model_id": "a/b", "inputs": []}                     | 400 | inputs     | must be an object with the parameters of the model
            {"model_id": "a/b", "inputs": "{}"}                   | 400 | inputs     | must be an object with the parameters of the model
            {"model_id": "a/b", "input": {"num_images": 4}}       | 400 | input      | is not a field of this question; it takes model_id and inputs
            {"model_id": "wavespeed-ai/imagen5"}                  | 404 | model_id   | is not in the catalogue; did you mean wavespeed-ai/imagen4?
            {"model_id": "wavespeed-ai/imagen4", "inputs": {"num_images": 5}}                | 400 | num_images   | must be at most 4
            {"model_id": "wavespeed-ai/imagen4", "inputs": {"num_images": 1e40000000}}       | 400 | num_images   | has a number with an exponent beyond 1000
            {"model_id": "wavespeed-ai/imagen4", "inputs": {"prompt": ["a"]}}                | 400 | prompt       | must be a string
            {"model_id": "wavespeed-ai/imagen4", "inputs": {"seed": 1, "seed": 2}}           | 400 | seed         | is duplicated
            {"model_id": "wavespeed-ai/imagen4", "inputs": {"aspect_ratio": "2:1"}}          | 400 | aspect_ratio | must be one of 1:1, 16:9, 9:16, 3:4, 4:3
            """)
    void anErrorNamesTheField(String question, int status, String field, String message) {
        for (var path : new String[] {PRICE, UNIT_PRICE}) {
            var refused = CatalogueAnswers.refused(CatalogueAnswers.post(gateway, path, question));

            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.body().path("message").asText()).isEqualTo(field + " " + message);
            assertThat(refused.body().at("/errors/0/field").asText()).isEqualTo(field);
        }
    }

    @Test
    void deepNestingIsRefused() {
        var deep = "{\"model_id\": \"wavespeed-ai/imagen4\", \"inputs\": {\"prompt\": %s}}";

        var deeper = CatalogueAnswers.refused(
                CatalogueAnswers.post(gateway, PRICE, deep.formatted("[".repeat(10_000) + "]".repeat(10_000))));
        var deepEnough = CatalogueAnswers.refused(
                CatalogueAnswers.post(gateway, PRICE, deep.formatted("[".repeat(150) + "]".repeat(150))));

        assertThat(deeper.body().path("message").asText()).isEqualTo("body is nested too deep");
        assertThat(deepEnough.body().path("message").asText()).isEqualTo("body is nested deeper than 100 levels");
    }

    @Test
    void aQueryIsRefusedBecauseItWouldHaveNoEffect() {
        var event = LambdaEvents.http("POST " + PRICE, PRICE)
                .put("rawQueryString", "num_images=4")
                .put("body", "{\"model_id\": \"wavespeed-ai/imagen4\"}");

        var refused = CatalogueAnswers.refused(gateway.submit.handleRequest(event, new FakeContext(10_000)));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/errors/0/field").asText()).isEqualTo("num_images");
    }

    @Test
    void aFormIsRefused() {
        var refused = CatalogueAnswers.refused(CatalogueAnswers.post(gateway, PRICE, "model_id=wavespeed-ai/imagen4"));

        assertThat(refused.status()).isEqualTo(415);
    }
}
