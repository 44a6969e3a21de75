package dev.darkroom.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.local.gateway.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer that is not as the document says is found, whatever is wrong with it. */
class AnswerCheckTest {

    private static final String ID = "3400bb9719724cc6a6dc93998e88307e";
    private static final String RESULT = "/api/v3/predictions/" + ID + "/result";

    private static final String GENERATION = """
            {"code": 200, "message": "success", "data": {
              "id": "%s", "model": "wavespeed-ai/imagen4", "outputs": [], "urls": {"get": "https://api.example"},
              "has_nsfw_contents": [], "status": "processing", "created_at": "2026-11-23T05:10:45.126Z", "error": "",
              "timings": {"inference": 0}}}""".formatted(ID);

    private static final String NOT_FOUND = """
            {"code": 404, "message": "no", "data": null, "error_code": "generation_not_found",
             "errors": [{"field": "id", "message": "no"}]}""";

    private static final AnswerCheck CHECK = new AnswerCheck(
            WriteOpenApi.document(Path.of("").toAbsolutePath(), "0").root());

    private static Answer answer(String method, String path, int status, String body) {
        return new Answer(
                method, path, status, Map.of("content-type", "application/json", "x-request-id", "request"), body);
    }

    private static Answer result(String body) {
        return answer("GET", RESULT, 200, body);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v3/predictions/3400bb9719724cc6a6dc93998e88307e/result",
        "GET, /prod//api/v3/predictions/3400bb9719724cc6a6dc93998e88307e/",
        "HEAD, /api/v3/predictions/3400bb9719724cc6a6dc93998e88307e",
        "POST, /api/v3/wavespeed-ai/imagen4",
        "POST, //api/v3/wavespeed-ai/imagen4",
        "POST, /api/v3/house/best"
    })
    void anAnswerAsDescribedHasNoProblem(String method, String path) {
        assertThat(CHECK.problems(answer(method, path, 200, method.equals("HEAD") ? "" : GENERATION)))
                .isEmpty();
    }

    @Test
    void anErrorAsDescribedHasNoProblem() {
        assertThat(CHECK.problems(answer("GET", RESULT, 404, NOT_FOUND))).isEmpty();
        assertThat(CHECK.problems(new Answer(
                        "GET",
                        RESULT,
                        429,
                        Map.of("content-type", "application/json"),
                        "{\"message\":\"Too Many Requests\"}")))
                .isEmpty();
    }

    @Test
    void aRefusalOfARequestThatIsNotDescribedHasNoProblem() {
        var noRoute = NOT_FOUND.replace("generation_not_found", "route_not_found");

        assertThat(CHECK.problems(answer("DELETE", "/api/v3/anything", 404, noRoute)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "error": ""                 | "error": "", "secret": 1      | secret
            "status": "processing"      | "status": "queued"            | /data/status
            "timings": {"inference": 0} | "timings": {"inference": "0"} | /data/timings/inference
            "timings": {"inference": 0} | "timings": {}                 | /data/timings
            "code": 200                 | "code": 201                   | /code
            05:10:45.126Z               | 05:10:45Z                     | /data/created_at
            """)
    void aBodyThatIsNotAsDescribedIsFound(String right, String wrong, String named) {
        var problems = CHECK.problems(result(GENERATION.replace(right, wrong)));

        assertThat(problems)
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).startsWith("GET " + RESULT + ", answered 200: "));
        assertThat(problems).anySatisfy(problem -> assertThat(problem).contains(named));
    }

    @Test
    void anErrorCodeThatTheRouteDoesNotHaveIsFound() {
        var other = NOT_FOUND.replace("generation_not_found", "model_not_found");

        assertThat(CHECK.problems(answer("GET", RESULT, 404, other))).isNotEmpty();
    }

    @Test
    void aMemberOfAnErrorThatIsNotDescribedIsFound() {
        var more = NOT_FOUND.replace("\"data\": null", "\"data\": null, \"cause\": \"x\"");

        assertThat(CHECK.problems(answer("GET", RESULT, 404, more))).isNotEmpty();
    }

    @Test
    void aStatusThatIsNotDescribedIsFound() {
        assertThat(CHECK.problems(answer("GET", RESULT, 418, NOT_FOUND)))
                .containsExactly("GET " + RESULT + ", answered 418: the status is not described");
    }

    @Test
    void aHeaderThatIsMissingIsFound() {
        assertThat(CHECK.problems(
                        new Answer("GET", RESULT, 200, Map.of("content-type", "application/json"), GENERATION)))
                .containsExactly("GET " + RESULT + ", answered 200: the header x-request-id is missing");
    }

    @Test
    void aHeaderOfAnotherFormIsFound() {
        var headers = Map.of("content-type", "application/json", "retry-after", "soon");
        var unavailable = NOT_FOUND.replace("404", "503").replace("generation_not_found", "store_unavailable");

        assertThat(CHECK.problems(new Answer("GET", RESULT, 503, headers, unavailable)))
                .singleElement()
                .asString()
                .contains("the header retry-after");
    }

    @Test
    void aPathThatIsNotDescribedIsFound() {
        assertThat(CHECK.problems(answer("GET", "/api/v3/secrets", 200, GENERATION)))
                .containsExactly("GET /api/v3/secrets, answered 200: is not described");
    }

    @Test
    void anotherMethodWithoutTheMethodsOfThePathIsFound() {
        var wrong = NOT_FOUND.replace("404", "405").replace("generation_not_found", "method_not_allowed");

        assertThat(CHECK.problems(answer("PUT", RESULT, 405, wrong)))
                .containsExactly("PUT " + RESULT + ", answered 405: the header allow is missing");
    }

    @Test
    void aBodyThatIsNotJsonIsFound() {
        assertThat(CHECK.problems(result("<html>"))).singleElement().asString().contains("the body is not JSON");
    }
}
