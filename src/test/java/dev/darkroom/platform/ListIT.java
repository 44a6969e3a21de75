package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists and deletes generations with the deployed artifact. */
class ListIT {

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() {
        gateway = RunningPlatform.start(RunningPlatform.options());
        gateway.warmUp();
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @Test
    void aFilteredListGoesOnWithItsCursorWhileGenerationsAreAdded() {
        var ids = IntStream.range(0, 5).mapToObj(_ -> submitted("posters")).toList();
        submitted("cards");

        var first = list("{\"page_size\": 3, \"metadata\": {\"project\": \"posters\"}}")
                .body("data.items.id", contains(ids.get(4), ids.get(3), ids.get(2)))
                .body("data.items[0].metadata.project", equalTo("posters"))
                .body("data.next_cursor", notNullValue());
        submitted("posters");

        list("{\"page_size\": 3, \"metadata\": {\"project\": \"posters\"}, \"cursor\": \"%s\"}"
                        .formatted(first.extract().<String>path("data.next_cursor")))
                .body("data.items.id", contains(ids.get(1), ids.get(0)))
                .body("data.next_cursor", nullValue());
    }

    @Test
    void aDeletedGenerationIsGoneAndItsKeyPaysForNothing() {
        var body = "{\"prompt\": \"a cat to delete\"}";
        var id = gateway.postWithKey("delete-me", body).then().extract().<String>path("data.id");
        gateway.completed(id);
        int posts = gateway.platform().simulator().posts();

        gateway.request()
                .contentType(ContentType.JSON)
                .body("{\"ids\": [\"%s\"]}".formatted(id))
                .post(gateway.url("/api/v3/predictions/delete"))
                .then()
                .body("data.deleted_count", equalTo(1));

        gateway.request().get(gateway.url("/api/v3/predictions/" + id)).then().statusCode(404);
        gateway.postWithKey("delete-me", body).then().statusCode(410).body("error_code", equalTo("generation_deleted"));
        assertThat(list("{\"page\": 1, \"include_inputs\": true}").extract().<List<String>>path("data.items.id"))
                .doesNotContain(id);
        assertThat(gateway.rows().toString()).doesNotContain("a cat to delete");
        assertThat(gateway.platform().simulator().posts()).isEqualTo(posts);
    }

    private static String submitted(String project) {
        return gateway.request()
                .contentType(ContentType.JSON)
                .header("X-Darkroom-Metadata", "{\"project\": \"%s\"}".formatted(project))
                .body("{\"prompt\": \"a cat\"}")
                .post(gateway.url(RunningPlatform.MODEL))
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
    }

    private static ValidatableResponse list(String body) {
        return gateway.request()
                .contentType(ContentType.JSON)
                .body(body)
                .post(gateway.url("/api/v3/predictions"))
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200);
    }
}
