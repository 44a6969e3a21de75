package dev.darkroom.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.TestClock;
import dev.darkroom.core.catalogue.QuotePrice.Quote;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.jsonschema.UnknownParameters;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A quote is what the submission of the same request would cost. */
class QuotePriceTest {

    /** Draws up to three images, until another model succeeds it that draws one at another price. */
    private static final String TRIO = """
            {"id": "acme/trio", "provider": "easel", "upstreamPath": "acme/trio", "name": "Trio", "description": "Three.",
             "price": {"base": 9000, "times": "num_images"}, "images": "num_images", "retiredOn": "2026-06-01",
             "successor": {"model": "acme/solo", "map": {"num_images": {"fanOut": true},
               "size": {"rename": "quality", "values": {"big": "fine", "small": "draft"}},
               "seed": {"drop": "acme/solo takes no seed"}}},
             "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
               "prompt": {"type": "string"},
               "size": {"type": "string", "enum": ["big", "small"], "default": "small"},
               "num_images": {"type": "integer", "minimum": 1, "maximum": 3, "default": 1},
               "seed": {"type": "integer"}}}}""";

    private static final String BY_QUALITY = "{\"by\": \"quality\", \"values\": {\"draft\": 5000, \"fine\": 7000}}";

    private final TestClock clock = new TestClock();
    private final QuotePrice shipped = new QuotePrice(new JsonSchemaCatalogue(), clock);
    private final QuotePrice small = trioAndSolo(BY_QUALITY);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wavespeed-ai/imagen4                  | {"prompt": "a cat", "num_images": 4}       | 160000
            wavespeed-ai/imagen4                  | {"num_images": 4}                          | 160000
            wavespeed-ai/imagen4                  | {"prompt": null, "num_outputs": 2}         |  80000
            wavespeed-ai/imagen4                  | {}                                         |  40000
            bytedance/seedream-v5.0-pro           | {"resolution": "2k"}                       |  90000
            openai/gpt-image-1/text-to-image      | {"size": "1024*1024", "quality": "high"}   | 167000
            """)
    void aQuoteIsThePriceOfAllImagesAndNeedsNoPrompt(String model, String inputs, long microDollars) {
        assertThat(shipped.quote(model, inputs))
                .isEqualTo(new Quote.Valid(OptionalLong.of(microDollars), Notices.NONE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            google/nano-banana-2/text-to-image      | {}
            google/nano-banana-2/text-to-image-fast | {"resolution": "4k"}
            """)
    void aPriceThatIsNotEstablishedIsNotGuessed(String model, String inputs) {
        assertThat(shipped.quote(model, inputs)).isEqualTo(new Quote.Valid(OptionalLong.empty(), Notices.NONE));
    }

    @Test
    void beforeItsLastDayTheModelItselfIsQuoted() {
        clock.set(Instant.parse("2026-05-31T23:59:59Z"));

        assertThat(small.quote("acme/trio", "{\"num_images\": 3, \"size\": \"big\"}"))
                .isEqualTo(new Quote.Valid(
                        OptionalLong.of(27_000), new Notices(List.of(), Optional.of(LocalDate.of(2026, 6, 1)))));
    }

    @Test
    void fromItsLastDayOnEachImageHasThePriceOfTheModelThatDraws() {
        clock.set(Instant.parse("2026-06-01T00:00:00Z"));

        assertThat(small.quote("acme/trio", "{\"num_images\": 3, \"size\": \"big\", \"seed\": 7}"))
                .isEqualTo(new Quote.Valid(
                        OptionalLong.of(21_000),
                        new Notices(
                                List.of(
                                        new Warning("model", "acme/trio is drawn by acme/solo"),
                                        new Warning("seed", "was not used: acme/solo takes no seed")),
                                Optional.of(LocalDate.of(2026, 6, 1)))));
        assertThat(small.quote("acme/trio", "{}"))
                .isInstanceOfSatisfying(
                        Quote.Valid.class,
                        quote -> assertThat(quote.microDollars()).hasValue(5_000));
    }

    @Test
    void theTargetOfAnAliasIsQuoted() {
        var aliased = new QuotePrice(
                new JsonSchemaCatalogue(
                        "shop/cheap=wavespeed-ai/flux-schnell,wavespeed-ai/imagen4=google/nano-banana-2/text-to-image",
                        UnknownParameters.REFUSE),
                clock);

        assertThat(aliased.quote("shop/cheap", "{\"num_images\": 2}"))
                .isInstanceOfSatisfying(
                        Quote.Valid.class,
                        quote -> assertThat(quote.microDollars()).hasValue(6_000));
        assertThat(aliased.quote("wavespeed-ai/imagen4", "{\"num_images\": 2}"))
                .isInstanceOfSatisfying(
                        Quote.Valid.class,
                        quote -> assertThat(quote.microDollars()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"num_images": 5}                     | num_images    | must be at most 4
            {"prompt": " "}                       | prompt        | must not be blank
            {"num_images": 1, "num_images": 4}    | num_images    | is duplicated
            {"nun_images": 4}                     | nun_images    | is not a parameter of wavespeed-ai/imagen4; did you mean num_images?
            {"enable_base64_output": true}        | enable_base64_output | must be false or left out: outputs are addresses to download the images from
            """)
    void whatASubmissionRefusesHasNoPrice(String inputs, String field, String message) {
        assertThat(shipped.quote("wavespeed-ai/imagen4", inputs))
                .isEqualTo(new Quote.InvalidInput(List.of(new Violation(field, message))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wavespeed-ai/imagen5", "Wavespeed-AI/imagen4", ""})
    void anUnknownModelHasNoPrice(String model) {
        assertThat(shipped.quote(model, "{}"))
                .isInstanceOfSatisfying(
                        Quote.UnknownModel.class,
                        unknown -> assertThat(unknown.message()).startsWith("is not in the catalogue"));
    }

    @Test
    void aProductThatNoPriceCanBeIsNoPrice() {
        clock.set(Instant.parse("2026-06-01T00:00:00Z"));
        var huge = trioAndSolo(Long.toString(Long.MAX_VALUE));

        assertThat(huge.quote("acme/trio", "{\"num_images\": 3}"))
                .isInstanceOfSatisfying(
                        Quote.Valid.class,
                        quote -> assertThat(quote.microDollars()).isEmpty());
        assertThat(huge.quote("acme/solo", "{}"))
                .isInstanceOfSatisfying(
                        Quote.Valid.class,
                        quote -> assertThat(quote.microDollars()).hasValue(Long.MAX_VALUE));
    }

    private QuotePrice trioAndSolo(String priceOfSolo) {
        var solo = """
                {"id": "acme/solo", "provider": "easel", "upstreamPath": "acme/solo", "name": "Solo",
                 "description": "One.", "price": %s,
                 "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
                   "prompt": {"type": "string"}, "quality": {"type": "string", "enum": ["draft", "fine"]}}}}""".formatted(priceOfSolo);
        return new QuotePrice(
                JsonSchemaCatalogue.of(Map.of("models/acme/trio.json", TRIO, "models/acme/solo.json", solo)), clock);
    }
}
