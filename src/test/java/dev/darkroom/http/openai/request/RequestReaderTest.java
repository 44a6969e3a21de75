package dev.darkroom.http.openai.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.http.openai.request.RequestReader.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static ObjectNode json(String members) {
        try {
            return (ObjectNode) JSON.readTree("{\"prompt\": \"a cat\"%s}".formatted(members));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** {@code members} come after the prompt, each with a comma in front. */
    private static ImagesRequest read(String members) {
        return RequestReader.read(json(members), Metadata.NONE) instanceof Result.Read(var request)
                ? request
                : fail(members);
    }

    private static ImagesRequest fail(String members) {
        throw new AssertionError("refused: " + members);
    }

    private static List<Violation> violations(String members) {
        return RequestReader.read(json(members), Metadata.NONE) instanceof Result.Refused(var violations)
                ? violations
                : List.of();
    }

    @Test
    void aRequestNeedsNothingButAPrompt() {
        var request = read("");

        assertThat(request.model()).isEmpty();
        assertThat(request.images()).isEqualTo(1);
        assertThat(request.size()).isEmpty();
        assertThat(request.isInline()).isFalse();
        assertThat(request.parameters()).hasToString("{\"prompt\":\"a cat\"}");
    }

    @Test
    void whatTheDialectKnowsIsNotLeftForTheModel() {
        var request = read("""
                , "model": "a/b", "n": 2, "size": "1024x768", "response_format": "b64_json", "user": "u-1", "seed": 7""");

        assertThat(request.model()).contains("a/b");
        assertThat(request.images()).isEqualTo(2);
        assertThat(request.size()).contains("1024x768");
        assertThat(request.isInline()).isTrue();
        assertThat(request.metadata().pairs()).isEqualTo(Map.of("user", "u-1"));
        assertThat(request.parameters()).hasToString("{\"prompt\":\"a cat\",\"seed\":7}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"stream\": false",
                "\"partial_images\": 0",
                "\"moderation\": \"auto\"",
                "\"background\": \"auto\"",
                "\"quality\": \"auto\"",
                "\"quality\": \"standard\"",
                "\"style\": \"vivid\"",
                "\"output_compression\": 100",
                "\"size\": \"auto\"",
                "\"stream\": null",
                "\"model\": null",
                "\"n\": null",
                "\"a_member_that_nothing_knows\": null"
            })
    void whatChangesNothingIsAccepted(String member) {
        assertThat(read(", " + member)).isEqualTo(read(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"quality\": \"high\"", "\"style\": \"natural\"", "\"output_format\": \"webp\""})
    void whatMayChangeSomethingIsLeftForTheModel(String member) {
        assertThat(read(", " + member).parameters()).isEqualTo(json(", " + member));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "stream": true            | stream          | must be false or left out: this gateway answers with whole images only
            "partial_images": 2       | partial_images  | must be 0 or left out: this gateway answers with whole images only
            "n": 0                    | n               | must be an integer from 1 to 10
            "n": 11                   | n               | must be an integer from 1 to 10
            "n": 1.5                  | n               | must be an integer from 1 to 10
            "n": "2"                  | n               | must be an integer from 1 to 10
            "n": 1e99                 | n               | must be an integer from 1 to 10
            "n": 18446744073709551617 | n               | must be an integer from 1 to 10
            "n": -18446744073709551615 | n              | must be an integer from 1 to 10
            "num_images": 18446744073709551620 | num_images | must be an integer from 1 to 10
            "num_outputs": 18446744073709551617.0 | num_outputs | must be an integer from 1 to 10
            "size": 1024              | size            | must be auto or WIDTHxHEIGHT in pixels
            "response_format": "png"  | response_format | must be url or b64_json
            "response_format": {}     | response_format | must be url or b64_json
            "model": 5                | model           | must be the id of a model: GET /v1/models lists them
            "model": " "              | model           | must be the id of a model: GET /v1/models lists them
            "user": 5                 | user            | must be a string of 1 to 512 characters
            "user": "a\\u0000b"       | user            | cannot be noted: metadata must have no control characters in its values
            "n": 2, "num_images": 3   | num_images      | must be the same as n, or left out
            """)
    void whatIsWrongIsNamed(String members, String field, String message) {
        assertThat(violations(", " + members)).containsExactly(new Violation(field, message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"n\": 3",
                "\"num_images\": 3",
                "\"num_outputs\": 3",
                "\"n\": 3, \"num_outputs\": 3",
                "\"n\": 3.0"
            })
    void aNumberOfImagesMayHaveTheNamesThatModelsHaveForIt(String members) {
        assertThat(read(", " + members).images()).isEqualTo(3);
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        assertThat(violations(", \"n\": 0, \"size\": 5, \"stream\": true"))
                .extracting(Violation::field)
                .containsExactlyInAnyOrder("n", "size", "stream");
    }

    /** OpenAI's own models answer so, and its clients do not ask them to. */
    @ParameterizedTest
    @CsvSource({
        "gpt-image-1, true",
        "gpt-image-1.5, true",
        "chatgpt-image-latest, true",
        "dall-e-3, false",
        "openai/gpt-image-1/text-to-image, false"
    })
    void modelsWithNamesOfOpenAiAnswerImagesUnlessAskedForAddresses(String model, boolean isInline) {
        assertThat(read(", \"model\": \"%s\"".formatted(model)).isInline()).isEqualTo(isInline);
        assertThat(read(", \"model\": \"%s\", \"response_format\": \"url\"".formatted(model))
                        .isInline())
                .isFalse();
    }

    @Test
    void theNotesOfTheHeadersStay() {
        var header = new Metadata(Map.of("project", "posters"));

        assertThat(RequestReader.read(json(", \"user\": \"u-1\""), header))
                .isInstanceOfSatisfying(
                        Result.Read.class,
                        read -> assertThat(read.request().metadata().pairs())
                                .isEqualTo(Map.of("project", "posters", "user", "u-1")));
    }
}
