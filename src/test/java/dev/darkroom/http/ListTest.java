package dev.darkroom.http;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Attempt;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list and the deletion of generations, as clients of the provider call them. */
class ListTest {

    private final FuzzedGateway gateway = new FuzzedGateway();

    @Test
    void anItemHasTheProvidersFields() {
        var row = completed("a cat");

        var answer = list("{\"page\": 1, \"page_size\": 100}");

        assertThat(answer.body()).hasToString("""
            {"code":200,"message":"success","data":{"page":1,"items":[{"id":"%1$s",\
            "model":"wavespeed-ai/imagen4","outputs":["https://a/1.png"],\
            "urls":{"get":"https://api.example/api/v3/predictions/%1$s/result"},\
            "has_nsfw_contents":[false],"status":"completed","created_at":"%2$s","error":"",\
            "timings":{"inference":3000},\
            "cost":{"currency":"USD","amount":0.04,"state":"charged"},"executionTime":3000}]}}\
            """.formatted(row.id(), created(row)));
    }

    private static String created(Generation row) {
        return row.createdAt().toString().replaceFirst("(?<=:\\d\\d)Z", ".000Z");
    }

    @Test
    void theNewestIsListedFirstAndTheCursorGoesOn() {
        var rows = List.of(completed("1"), completed("2"), completed("3"));

        var first = list("{\"page\": 1, \"page_size\": 2}");
        completed("4");
        var second = list("{\"page\": 1, \"page_size\": 2, \"cursor\": %s}"
                .formatted(first.body().at("/data/next_cursor")));

        assertThat(ids(first))
                .containsExactly(rows.get(2).id().value(), rows.get(1).id().value());
        assertThat(ids(second)).containsExactly(rows.get(0).id().value());
        assertThat(second.body().at("/data").has("next_cursor")).isFalse();
    }

    @Test
    void aPageIsCountedFromTheNewest() {
        var rows = List.of(completed("1"), completed("2"), completed("3"));

        var second = list("{\"page\": 2, \"page_size\": 2}");

        assertThat(ids(second)).containsExactly(rows.get(0).id().value());
        assertThat(second.body().at("/data/page").intValue()).isEqualTo(2);
    }

    @Test
    void allMembersMayBeLeftOut() {
        completed("a cat");

        assertThat(ids(list("{}"))).hasSize(1);
    }

    @Test
    void aMemberThatIsNullIsAbsent() {
        completed("a cat");

        var answer = list("{\"page\": null, \"model\": null, \"status\": null, \"created_after\": null}");

        assertThat(ids(answer)).hasSize(1);
    }

    @Test
    void inputsAreThereWhenTheyAreAskedFor() {
        completed("a \\\"cat\\\"");

        var with = list("{\"include_inputs\": true}").body().at("/data/items/0");
        var without = list("{\"include_inputs\": false}").body().at("/data/items/0");

        assertThat(with.at("/inputs/prompt").asText()).isEqualTo("a \"cat\"");
        assertThat(with.at("/inputs/num_images").intValue()).isEqualTo(1);
        assertThat(without.has("inputs")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "completed, completed",
        "failed, failed",
        "processing, processing",
        "created, created",
        "pending, created",
        "cancelled, ''",
        "timeout, ''"
    })
    void aStatusIsTheOneThatIsShown(String asked, String shown) {
        completed("a cat");
        failed("a dog");
        gateway.core.submitted("a fish");
        gateway.core.pending(new State.Unconfirmed(new Attempt("c", gateway.core.clock.instant(), "a/b"), "timeout"));
        gateway.core.store.create(Generation.queued(
                new GenerationId(gateway.core.unique()),
                CoreFixture.OWNER,
                completed("a bird").request(),
                gateway.core.clock.instant(),
                1));

        var items = list("{\"status\": \"%s\"}".formatted(asked)).body().at("/data/items");

        assertThat(items.valueStream().map(item -> item.path("status").asText()).distinct())
                .containsExactlyElementsOf(shown.isEmpty() ? List.of() : List.of(shown));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"model": "wavespeed-ai/imagen4"}                                   | 1
        {"model": "wavespeed-ai/imagen5"}                                   | 0
        {"created_after": "2026-01-01"}                                     | 1
        {"created_after": "2199-01-01T00:00:00.000Z"}                       | 0
        {"created_before": "2199-01-01T00:00:00+02:00"}                     | 1
        {"created_before": "1999-12-31T23:59:59.123456789Z"}                | 0
        {"created_after": "2026-01-01T00:00:00", "created_before": "2199-01-01"} | 1
        {"created_after": "2199-01-01", "created_before": "2026-01-01"}     | 0
        """)
    void aListHasTheProvidersFilters(String body, int listed) {
        completed("a cat");

        assertThat(ids(list(body))).hasSize(listed);
    }

    @Test
    void bothEndsOfTheTimeBelongToIt() {
        var row = completed("a cat");
        var at = row.createdAt().toString();
        var later = row.createdAt().plusNanos(1).toString();

        assertThat(ids(list("{\"created_after\": \"%1$s\", \"created_before\": \"%1$s\"}".formatted(at))))
                .hasSize(1);
        assertThat(ids(list("{\"created_after\": \"%s\"}".formatted(later)))).isEmpty();
        assertThat(ids(list("{\"created_before\": \"%s\"}".formatted(later)))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"page": 0}                          | page           | must be a whole number from 1 to 2147483647
        {"page": "1"}                        | page           | must be a whole number from 1 to 2147483647
        {"page": 1.5}                        | page           | must be a whole number from 1 to 2147483647
        {"page": 1e999999999}                | page           | must be a whole number from 1 to 2147483647
        {"page": 99999999999999999999}       | page           | must be a whole number from 1 to 2147483647
        {"page_size": 101}                   | page_size      | must be a whole number from 1 to 100
        {"page_size": 0}                     | page_size      | must be a whole number from 1 to 100
        {"model": "Imagen 4"}                | model          | must be the id of a model, such as vendor/model
        {"model": 4}                         | model          | must be the id of a model, such as vendor/model
        {"status": "done"}                   | status         | must be one of created, processing, completed, failed, cancelled, timeout, pending
        {"created_after": "yesterday"}       | created_after  | must be a time in ISO 8601 from 1970 to 9999, such as 2026-01-31T12:00:00Z or 2026-01-31
        {"created_before": "+99999-01-01T00:00:00Z"} | created_before | must be a time in ISO 8601 from 1970 to 9999, such as 2026-01-31T12:00:00Z or 2026-01-31
        {"include_inputs": "yes"}            | include_inputs | must be true or false
        {"cursor": "abc"}                    | cursor         | must be a next_cursor as it was answered
        {"cursor": 7}                        | cursor         | must be a next_cursor as it was answered
        {"metadata": ["a"]}                  | metadata       | must be a JSON object
        {"metadata": {"user": 7}}            | metadata       | must have texts as values
        {"pagesize": 7}                      | pagesize       | is not known; did you mean page_size?
        {"limit": 7}                         | limit          | is not known; the body takes page, page_size, model, status, created_after, created_before, include_inputs, cursor, metadata
        {"page": 2000, "page_size": 100}     | page           | is too far: page times page_size is at most 100000, and with a filter about 1000 generations are read; go on with next_cursor
        []                                   | body           | must be a JSON object
        ''                                   | body           | is missing: send a JSON object
        {"page": 1, "page": 1}               | body           | is not valid JSON, or has a member twice (line 1, column 19)
        """)
    void aWrongMemberIsNamed(String body, String field, String message) {
        var answer = list(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("error_code").asText()).isEqualTo("invalid_input");
        assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(answer.body().at("/errors/0/message").asText()).isEqualTo(message);
    }

    @Test
    void aWholeNumberMayBeWrittenWithAPoint() {
        completed("a cat");

        assertThat(ids(list("{\"page\": 1.0, \"page_size\": 1e1}"))).hasSize(1);
    }

    /** 256 KB have room for thousands, and each suggestion compares the name with all that are known. */
    @Test
    void twentyUnknownMembersAreNamedAndNoMore() {
        var body = IntStream.range(0, 15_000).mapToObj("\"p%d\": 1"::formatted).collect(joining(", ", "{", "}"));

        assertThat(list(body).body().path("errors")).hasSize(20);
    }

    @Test
    void allWrongMembersAreNamedAtOnce() {
        var errors =
                list("{\"page\": 0, \"page_size\": 0, \"cursor\": 0}").body().path("errors");

        assertThat(errors.valueStream().map(error -> error.path("field").asText()))
                .containsExactly("page", "page_size", "cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"predictions", "predictions/delete"})
    void aQueryIsRefused(String path) {
        var event = post(path, "{}").put("rawQueryString", "page=2");

        var answer = path.equals("predictions") ? get(event) : manage(event);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("message").asText())
                .isEqualTo("page is not a query parameter: send it as a member of the JSON body");
    }

    @Test
    void anotherOwnersGenerationsAreNotListed() {
        completed("a cat");
        var event = TestCallers.as(TestCallers.ANOTHER, post("predictions", "{}"));

        assertThat(ids(get(event))).isEmpty();
    }

    /** Its own route leads to the function that may do it; a path with a slash too many does not. */
    @ParameterizedTest
    @ValueSource(strings = {"//api/v3/predictions", "//api/v3/predictions/delete", "/api/v3//predictions"})
    void aPathWithASlashTooManyIsExplained(String path) {
        var answer = CheckedResponse.of(gateway.submit.handleRequest(
                Requests.unrouted("POST", path).put("body", "{}"), new FakeContext(10_000)));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("message").asText())
                .isEqualTo("There is no such endpoint: write its path with single slashes and without one at its end; "
                        + "perhaps your base URL ends with one.");
        gateway.checkNothingHappened();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void aListIsAPost(String method) {
        var answer = get(Requests.unrouted(method, "/api/v3/predictions"));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.body().path("message").asText()).isEqualTo("This path takes POST.");
    }

    @Test
    void aListWithASlashAtTheEndOfItsPathIsAList() {
        completed("a cat");
        var event = post("predictions", "{}").put("rawPath", "/api/v3/predictions/");

        assertThat(ids(get(event))).hasSize(1);
    }

    @Test
    void generationsAreDeletedAndCounted() {
        var first = completed("a cat");
        var second = failed("a dog");
        var third = completed("a fish");

        var answer = delete(first.id().value(), second.id().value(), "f".repeat(32), "247ae6a651");

        assertThat(answer.body()).hasToString("{\"code\":200,\"message\":\"success\",\"data\":{\"deleted_count\":2}}");
        assertThat(ids(list("{}"))).containsExactly(third.id().value());
        assertThat(get(Requests.result(first.id().value())).status()).isEqualTo(404);
    }

    @Test
    void nothingToDeleteIsNoError() {
        assertThat(delete().body().at("/data/deleted_count").intValue()).isZero();
    }

    @Test
    void anotherOwnersGenerationsAreNotDeleted() {
        var row = completed("a cat");
        var running = gateway.core.submitted("a dog");

        var answer = manage(TestCallers.as(
                TestCallers.ANOTHER,
                post("predictions/delete", "{\"ids\": [\"%s\", \"%s\"]}".formatted(row.id(), running.id()))));

        assertThat(answer.body().at("/data/deleted_count").intValue()).isZero();
        assertThat(gateway.core.row(row)).isEqualTo(row);
    }

    @Test
    void aGenerationThatHasNotEndedIsNamedAndNothingIsDeleted() {
        var row = completed("a cat");
        var running = gateway.core.submitted("a dog");

        var answer = delete(row.id().value(), running.id().value());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("error_code").asText()).isEqualTo("generation_not_ended");
        assertThat(answer.body().path("message").asText())
                .isEqualTo("ids has %s, which is not finished yet: delete it later".formatted(running.id()));
        assertThat(gateway.core.row(row)).isEqualTo(row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"ids\": null}", "{\"ids\": \"a\"}", "{\"ids\": [7]}", "{\"ids\": [null]}"})
    void idsMustBeAListOfTexts(String body) {
        var answer = manage(post("predictions/delete", body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("message").asText())
                .isEqualTo("ids is required and must be a list of at most 100 texts");
    }

    @Test
    void aHundredIdsAreTheMost() {
        var ids = new String[101];
        Arrays.fill(ids, "f".repeat(32));

        assertThat(delete(ids).status()).isEqualTo(400);
    }

    @Test
    void theKeyOfADeletedGenerationIsExplained() {
        var row = CoreFixture.accepted(gateway.core.submission(new Owner("acme"), "a cat", Optional.of("key")));
        gateway.core.store.update(
                gateway.core.row(row).failed(new Failure("code", "text"), gateway.core.clock.instant()));
        delete(row.id().value());

        var answer = CheckedResponse.of(gateway.submit.handleRequest(
                Requests.withHeader(Requests.valid(), "idempotency-key", "key"), new FakeContext(10_000)));

        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.body().path("error_code").asText()).isEqualTo("generation_deleted");
        assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo("Idempotency-Key");
        assertThat(gateway.core.provider.submissions()).hasSize(1);
    }

    private CheckedResponse list(String body) {
        return get(post("predictions", body));
    }

    private CheckedResponse delete(String... ids) {
        var body = "{\"ids\": [%s]}"
                .formatted(String.join(
                        ", ", List.of(ids).stream().map("\"%s\""::formatted).toList()));
        return manage(post("predictions/delete", body));
    }

    private static ObjectNode post(String path, String body) {
        var route = path.equals("predictions") ? "ANY /api/v3/predictions" : "POST /api/v3/predictions/delete";
        var event = LambdaEvents.http(route, "/api/v3/" + path).put("body", body);
        event.withObject("/requestContext/http").put("method", "POST");
        return event;
    }

    private CheckedResponse get(ObjectNode event) {
        return CheckedResponse.of(gateway.get.handleRequest(event, new FakeContext(10_000)));
    }

    private CheckedResponse manage(ObjectNode event) {
        return CheckedResponse.of(gateway.manage.handleRequest(event, new FakeContext(10_000)));
    }

    private static List<String> ids(CheckedResponse answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body()
                .at("/data/items")
                .valueStream()
                .map(item -> item.path("id"))
                .map(JsonNode::asText)
                .toList();
    }

    private Generation completed(String prompt) {
        gateway.core.clock.advance(Duration.ofMillis(1));
        var submitted = gateway.core.submitted(prompt);
        var prediction = ((State.Processing) submitted.state()).predictionId();
        var outputs = List.of(new Output("https://a/1.png", false));
        var completed = submitted.completed(
                new State.Completed(prediction, outputs, Duration.ofSeconds(3), gateway.core.clock.instant()));
        gateway.core.store.update(completed);
        return completed;
    }

    private Generation failed(String prompt) {
        gateway.core.clock.advance(Duration.ofMillis(1));
        var failed = gateway.core.submitted(prompt).failed(new Failure("code", "text"), gateway.core.clock.instant());
        gateway.core.store.update(failed);
        return failed;
    }
}
