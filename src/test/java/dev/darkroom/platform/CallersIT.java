package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.Owner;
import dev.darkroom.local.Platform;
import dev.darkroom.local.table.DynamoDbLocal;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which callers are authorized, and what they can read. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CallersIT {

    private static final String REQUEST = "{\"prompt\": \"a cat\"}";
    private static final String UNKNOWN = "/api/v3/predictions/0123456789abcdef0123456789abcdef";
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.EPOCH);

    @SuppressWarnings("NullAway.Init")
    private static TableProxy proxy;

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() {
        proxy = new TableProxy();
        gateway = RunningPlatform.start(
                RunningPlatform.options().withTableThrough(proxy::before).withClock(NOW::get));
    }

    @AfterAll
    static void end() {
        gateway.close();
        proxy.close();
    }

    /** This test runs first, so that no earlier test has started the process of another function. */
    @Test
    @Order(1)
    void onlyTheAuthorizerIsCalledForACallerWithoutAKey() {
        for (var path : List.of(
                RunningPlatform.MODEL,
                UNKNOWN,
                UNKNOWN + "/cancel",
                "/api/v3/predictions",
                "/",
                "/api/v3/models",
                "/api/v3/model/price",
                "/api/v3/balance")) {
            given().body(REQUEST).post(gateway.url(path)).then().statusCode(401);
            gateway.requestWith(stranger())
                    .body(REQUEST)
                    .post(gateway.url(path))
                    .then()
                    .statusCode(403);
        }
        assertThat(gateway.platform().processes("authorize")).isNotEmpty();
        for (var function : List.of(
                "submit-generation", "get-generation", "poll-generations", "start-generation", "manage-generations")) {
            assertThat(gateway.platform().processes(function)).as(function).isEmpty();
        }
        assertThat(gateway.rows()).isEmpty();
    }

    @Test
    void aRequestWithoutAKeyIsUnauthorized() {
        var answer = given().body(REQUEST).post(gateway.url(RunningPlatform.MODEL));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.asString()).isEqualTo("{\"message\":\"Unauthorized\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer drk_", "Bearer", "Basic bG9jYWw6bG9jYWw=", "drk_0", "Bearer null", "Bearer keys"})
    void anInvalidKeyOpensNothing(String authorization) {
        var answer = given().header("Authorization", authorization).get(gateway.url(UNKNOWN));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.asString()).isEqualTo("{\"message\":\"Forbidden\"}");
    }

    @Test
    void aDisabledKeyOpensNothingAsSoonAsItsDecisionIsForgotten() {
        var key = gateway.platform().createKey(new Owner("acme"));
        assertThat(status(key)).isEqualTo(404);

        gateway.platform().disableKey(key.digest().id());
        NOW.updateAndGet(now -> now.plus(REMEMBERED).minusSeconds(1));
        assertThat(status(key)).isEqualTo(404);
        NOW.updateAndGet(now -> now.plusSeconds(1));

        assertThat(status(key)).isEqualTo(403);
    }

    @Test
    void aTableThatDoesNotAnswerIsNotARefusalAndNotCached() {
        var key = gateway.platform().createKey(new Owner("acme"));
        proxy.refuse(1, body -> body.contains("key#"));

        assertThat(status(key)).isEqualTo(500);
        assertThat(status(key)).isEqualTo(404);
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
