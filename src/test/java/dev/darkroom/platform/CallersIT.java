package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.Owner;
import dev.darkroom.local.Platform;
import dev.darkroom.local.table.DynamoDbLocal;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which callers are let in, and what they can read. */
class CallersIT {

    private static final String REQUEST = "{\"prompt\": \"a cat\"}";
    private static final String UNKNOWN = "/api/v3/predictions/0123456789abcdef0123456789abcdef";

    @SuppressWarnings("NullAway.Init")
    private static TableProxy proxy;

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() {
        proxy = new TableProxy();
        gateway = RunningPlatform.start(RunningPlatform.options().withTableThrough(proxy::before));
    }

    @AfterAll
    static void end() {
        gateway.close();
        proxy.close();
    }

    @Test
    void aCallerWithoutAKeyIsRefusedOnEveryPath() {
        int rows = gateway.rows().size();
        for (var path : List.of(
                RunningPlatform.MODEL,
                UNKNOWN,
                UNKNOWN + "/cancel",
                "/api/v3/predictions",
                "/",
                "/api/v3/models",
                "/api/v3/model/price",
                "/api/v3/balance")) {
            assertRefused(given().body(REQUEST).post(gateway.url(path)));
            assertRefused(gateway.requestWith(stranger()).body(REQUEST).post(gateway.url(path)));
        }
        assertThat(gateway.rows()).hasSize(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer drk_", "Bearer", "Basic bG9jYWw6bG9jYWw=", "drk_0", "Bearer null", "Bearer keys"})
    void anInvalidKeyOpensNothing(String authorization) {
        assertRefused(given().header("Authorization", authorization).get(gateway.url(UNKNOWN)));
    }

    private static void assertRefused(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.jsonPath().getString("error_code")).isEqualTo("unauthorized");
        assertThat(answer.header("x-request-id")).isNotBlank();
    }

    /** A process remembers a key for at most a minute, so those that have used it are replaced. */
    @Test
    void aDisabledKeyOpensNothing() {
        var key = gateway.platform().createKey(new Owner("acme"));
        assertThat(status(key)).isEqualTo(404);

        gateway.platform().disableKey(key.digest().id());
        gateway.reconfigure(RunningPlatform.options().withEnvironment(Map.of("DARKROOM_METRICS_STAGE", "replaced")));

        var answer = get(key, UNKNOWN);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.jsonPath().getString("error_code")).isEqualTo("key_disabled");
    }

    @Test
    void aTableThatDoesNotAnswerIsNotARefusalAndNotRemembered() {
        var key = gateway.platform().createKey(new Owner("acme"));
        proxy.refuse(1, body -> body.contains("key#" + key.digest().id()));

        var answer = get(key, UNKNOWN);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.jsonPath().getString("error_code")).isEqualTo("store_unavailable");
        assertThat(status(key)).isEqualTo(404);
    }

    @Test
    void theLogNamesTheOwnerAndTheKeyOfARequest() {
        var key = gateway.platform().createKey(new Owner("acme"));

        var request = get(key, UNKNOWN).header("x-request-id");

        await().untilAsserted(() -> assertThat(gateway.log())
                .anyMatch(line -> line.contains("caller-authenticated")
                        && line.contains(request)
                        && line.contains("acme")
                        && line.contains(key.digest().id().value())));
    }

    @Test
    void anotherOwnersGenerationIsNotThere() {
        var id = gateway.submitted("a cat");
        var other = gateway.platform().createKey(new Owner("acme"));
        var mine = "/api/v3/predictions/%s/result".formatted(id);

        assertThat(gateway.request().get(gateway.url(mine)).statusCode()).isEqualTo(200);
        var theirs = gateway.requestWith(other).get(gateway.url(mine));
        var nobodys = gateway.requestWith(other).get(gateway.url(UNKNOWN + "/result"));

        assertThat(theirs.statusCode()).isEqualTo(404);
        assertThat(theirs.asString()).isEqualTo(nobodys.asString());
    }

    @Test
    void twoKeysOfOneOwnerSeeTheSame() {
        var second = gateway.platform().createKey(RunningPlatform.OWNER);

        var seen = gateway.requestWith(second).get(gateway.url("/api/v3/predictions/" + gateway.submitted("a cat")));

        assertThat(seen.statusCode()).isEqualTo(200);
    }

    @Test
    void anotherOwnersGenerationsAreNeitherListedNorDeleted() {
        var id = gateway.submitted("a cat");
        gateway.completed(id);
        var other = gateway.platform().createKey(new Owner("acme"));

        var listed = gateway.requestWith(other).body("{\"page\": 1}").post(gateway.url("/api/v3/predictions"));
        var deleted = gateway.requestWith(other)
                .body("{\"ids\": [\"%s\"]}".formatted(id))
                .post(gateway.url("/api/v3/predictions/delete"));

        assertThat(listed.jsonPath().getList("data.items.id")).doesNotContain(id);
        assertThat(deleted.jsonPath().getInt("data.deleted_count")).isZero();
        assertThat(gateway.status(id)).isEqualTo("completed");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v3/predictions",
        "GET, /api/v3/predictions/",
        "GET, /api/v3/predictions?page=1&page_size=100",
        "GET, /api/v3/predictions/0123456789abcdef0123456789abcdef/result/all",
        "GET, /"
    })
    void whatIsNotThereOpensNothing(String method, String path) {
        var answer = gateway.request().urlEncodingEnabled(false).request(method, gateway.url(path));

        assertThat(answer.statusCode()).isIn(400, 404, 405);
        assertThat(answer.jsonPath().getString("error_code"))
                .isIn("route_not_found", "invalid_id", "method_not_allowed");
        given().urlEncodingEnabled(false)
                .request(method, gateway.url(path))
                .then()
                .statusCode(401);
    }

    @Test
    void keysAreInNoRowLogOrAnswer() {
        var key = gateway.platform().createKey(new Owner("acme"));
        var answers = List.of(
                get(key, UNKNOWN),
                get(key, "/"),
                gateway.requestWith(key).body("{}").post(gateway.url(RunningPlatform.MODEL)),
                gateway.requestWith(key).body(REQUEST).post(gateway.url(RunningPlatform.MODEL)));

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.headers() + answer.asString()).doesNotContain(key.value()));
        assertThat(gateway.log()).noneMatch(line -> line.contains(key.value()));
        try (var client = DynamoDbLocal.client(gateway.platform().tableAddress())) {
            var items = client.scan(scan -> scan.tableName(Platform.TABLE)).items();
            assertThat(items).noneMatch(item -> item.toString().contains(key.value()));
            // The digest is found, so the check above reads the items deeply enough.
            assertThat(items)
                    .anyMatch(item -> item.toString().contains(key.digest().value()));
        }
    }

    private static int status(ApiKey key) {
        return get(key, UNKNOWN).statusCode();
    }

    private static Response get(ApiKey key, String path) {
        return gateway.requestWith(key).get(gateway.url(path));
    }

    /** A well-formed key that is not stored. */
    private static ApiKey stranger() {
        return ApiKey.of(new byte[ApiKey.BYTES]);
    }
}
