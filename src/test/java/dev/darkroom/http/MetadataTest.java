package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.Generation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header with a caller's notes. */
class MetadataTest {

    private static final String NOTES = "{\"project\": \"posters\", \"gr\\u00f6\\u00dfe\": \"\"}";

    private final FuzzedGateway gateway = new FuzzedGateway();

    @Test
    void itIsStoredAndShown() {
        var answer = submit(NOTES);

        assertThat(stored().request().metadata().pairs()).isEqualTo(Map.of("project", "posters", "größe", ""));
        assertThat(answer.body().at("/data/metadata")).hasToString("{\"größe\":\"\",\"project\":\"posters\"}");
        var id = answer.body().at("/data/id").asText();
        var read = CheckedResponse.of(gateway.get.handleRequest(Requests.result(id), new FakeContext(10_000)));
        assertThat(read.body().at("/data/metadata/project").asText()).isEqualTo("posters");
    }

    @Test
    void aGenerationWithoutItDoesNotShowIt() {
        var answer = CheckedResponse.of(gateway.submit.handleRequest(Requests.valid(), new FakeContext(10_000)));

        assertThat(answer.body().path("data").has("metadata")).isFalse();
    }

    @Test
    void theProviderDoesNotGetIt() {
        submit(NOTES);

        assertThat(gateway.core.provider.submissions())
                .singleElement()
                .asString()
                .doesNotContain("posters", "project");
    }

    @Test
    void aListIsFilteredByIt() {
        submit(NOTES);
        submit("{\"project\": \"cards\"}");
        var event = LambdaEvents.http("ANY /api/v3/predictions", "/api/v3/predictions")
                .put("body", "{\"metadata\": {\"project\": \"posters\"}}");
        event.withObject("/requestContext/http").put("method", "POST");

        var items = CheckedResponse.of(gateway.get.handleRequest(event, new FakeContext(10_000)))
                .body()
                .at("/data/items");

        assertThat(items).hasSize(1);
        assertThat(items.at("/0/metadata/project").asText()).isEqualTo("posters");
    }

    @Test
    void aRepeatedRequestWithOtherMetadataIsTheSameRequest() {
        var first = submit("{\"attempt\": \"1\"}", "key");
        var second = submit("{\"attempt\": \"2\"}", "key");

        assertThat(second.body().at("/data/id")).isEqualTo(first.body().at("/data/id"));
        assertThat(second.body().at("/data/metadata/attempt").asText()).isEqualTo("1");
        gateway.checkOneRowAndOnePaidCall();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"b\"},{\"a\":\"b\"}", "{\"a\":\"b\"}, {\"a\": \"b\"}"})
    void theSameHeaderSentTwiceCountsOnce(String doubled) {
        assertThat(submit(doubled).body().at("/data/metadata")).hasToString("{\"a\":\"b\"}");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
        ``                        | must have one value, a JSON object
        {"a":"b"},{"a":"c"}       | must have one value, a JSON object
        project=posters           | must be a JSON object without a name that occurs twice
        {"a":"b","a":"c"}         | must be a JSON object without a name that occurs twice
        {"a":"b"}],[{"c":"d"}     | must be a JSON object without a name that occurs twice
        ["a"]                     | must be a JSON object
        "a"                       | must be a JSON object
        null                      | must be a JSON object
        {"a":1}                   | must have texts as values
        {"a":{"b":"c"}}           | must have texts as values
        {"a":null}                | must have texts as values
        {"":"b"}                  | must have names of 1 to 64 characters
        {"a":"\\u0000"}           | must have no control characters in its values
        {"größe":"1"}             | must be ASCII: write other characters as \\u and four hexadecimal digits
        """)
    void aHeaderThatIsNotMetadataIsRefusedBeforeAnythingIsPaidFor(String value, String message) {
        var answer = submit(value);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo("X-Darkroom-Metadata");
        assertThat(answer.body().at("/errors/0/message").asText()).isEqualTo(message);
        gateway.checkNothingHappened();
    }

    @Test
    void metadataInTheBodyIsRefusedBecauseItWouldBeTheModels() {
        var answer = CheckedResponse.of(gateway.submit.handleRequest(
                Requests.submission(CoreFixture.MODEL, "{\"prompt\": \"a cat\", \"metadata\": {\"a\": \"b\"}}"),
                new FakeContext(10_000)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo("metadata");
        gateway.checkNothingHappened();
    }

    private Generation stored() {
        return gateway.core.store.all().iterator().next();
    }

    private CheckedResponse submit(String metadata) {
        var event = Requests.withHeader(Requests.valid(), "x-darkroom-metadata", metadata);
        return CheckedResponse.of(gateway.submit.handleRequest(event, new FakeContext(10_000)));
    }

    private CheckedResponse submit(String metadata, String key) {
        var event = Requests.withHeader(Requests.valid(), "x-darkroom-metadata", metadata);
        Requests.withHeader(event, "idempotency-key", key);
        return CheckedResponse.of(gateway.submit.handleRequest(event, new FakeContext(10_000)));
    }
}
