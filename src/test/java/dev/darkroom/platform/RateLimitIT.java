package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.darkroom.core.account.Owner;
import dev.darkroom.local.provider.Fault;
import dev.darkroom.local.provider.ProviderSimulator.Call;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers request more than the rate limit or the provider allows, on real processes. */
class RateLimitIT {

    private static final Duration SHARE = Duration.ofSeconds(3);

    private static final int QUEUED = 2;

    private final List<Instant> posts = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() {
        gateway = RunningPlatform.start(RunningPlatform.options()
                .withTick(Duration.ofSeconds(1))
                .withEnvironment(Map.of(
                        "DARKROOM_WAVESPEED_IMAGES_PER_MINUTE",
                        "20",
                        "DARKROOM_RATE_LIMIT_MAX_QUEUED_PER_OWNER",
                        Integer.toString(QUEUED))));
        gateway.warmUp();
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @BeforeEach
    void watch() {
        gateway.platform().simulator().watch(call -> {
            if (call == Call.SUBMIT) {
                posts.add(Instant.now());
            }
        });
    }

    @Test
    void aRequestAboveTheRateLimitIsQueuedAndHasAPosition() {
        var accepted = new ArrayList<Response>();
        var asked = Instant.now();
        var answer = ask("cat 0");
        for (int i = 1; answer.statusCode() == 200; i++) {
            accepted.add(answer);
            answer = ask("cat %d".formatted(i));
        }

        answer.then()
                .statusCode(429)
                .header("retry-after", matchesPattern("[1-9]\\d*"))
                .header("x-request-id", not(blankOrNullString()))
                .body("error_code", equalTo("queue_full"));
        accepted.getLast()
                .then()
                .body("data.status", equalTo("created"))
                .body("data.queue.position", equalTo(QUEUED))
                .body("data.queue.estimated_start", notNullValue())
                .body("data.queue.approximate", equalTo(true));
        assertThat(gateway.result(id(accepted.getLast())).getInt("data.queue.position"))
                .isBetween(1, QUEUED);
        assertThat(accepted)
                .allSatisfy(one -> assertThat(gateway.completed(id(one)).getString("data.status"))
                        .isEqualTo("completed"));
        assertThat(posts).hasSameSizeAs(accepted);
        assertThat(IntStream.range(1, posts.size()).boxed())
                .allSatisfy(i -> assertThat(posts.get(i)).isAfter(asked.plus(SHARE.multipliedBy(i))));
    }

    @Test
    void aThrottledRequestIsSubmittedLater() {
        int before = gateway.platform().simulator().predictions().size();
        gateway.platform().simulator().misbehave(Map.of(Fault.TOO_MANY_REQUESTS, 1.0));
        var answer = ask("a dog");
        gateway.platform().simulator().misbehave(Map.of());

        answer.then().body("data.status", equalTo("created")).body("data.queue.position", equalTo(1));
        assertThat(gateway.completed(id(answer)).getString("data.status")).isEqualTo("completed");
        assertThat(gateway.platform().simulator().predictions()).hasSize(before + 1);
    }

    @Test
    void aCancelledRequestIsNeverSent() {
        int before = gateway.platform().simulator().predictions().size();
        // The function has to be there before the queue reaches the request.
        gateway.request().post(prediction("f".repeat(32), "cancel")).then().statusCode(404);
        var sent = ask("a bird");
        var queued = id(ask("a fish"));

        var cancelled = gateway.request().post(prediction(queued, "cancel"));
        var next = ask("a horse");

        cancelled.then().statusCode(200).body("data.status", equalTo("failed"));
        cancelled.then().body("data.error_code", equalTo("cancelled"));
        assertThat(gateway.completed(id(sent)).getString("data.status")).isEqualTo("completed");
        assertThat(gateway.completed(id(next)).getString("data.status")).isEqualTo("completed");
        assertThat(gateway.platform().simulator().predictions()).hasSize(before + 2);
        assertThat(gateway.result(queued).getString("data.error_code")).isEqualTo("cancelled");
        gateway.request()
                .get(prediction(queued, "events"))
                .then()
                .body("data.events.event", equalTo(List.of("received", "queued", "cancelled")));
    }

    @Test
    void aFinishedRequestCannotBeCancelledAndAForeignOneIsNotFound() {
        var id = id(ask("a cow"));
        gateway.completed(id);
        var another = gateway.platform().createKey(new Owner("another"));

        gateway.request()
                .post(prediction(id, "cancel"))
                .then()
                .statusCode(200)
                .body("data.status", equalTo("completed"));
        gateway.requestWith(another).post(prediction(id, "cancel")).then().statusCode(404);
        gateway.requestWith(another).get(prediction(id, "events")).then().statusCode(404);
    }

    @Test
    void headAndOptionsAreAnswered() {
        var id = id(ask("a goat"));

        gateway.request().head(prediction(id, "result")).then().statusCode(200).body(equalTo(""));
        gateway.request()
                .options(prediction(id, "result"))
                .then()
                .statusCode(204)
                .header("allow", "GET, HEAD, OPTIONS");
        gateway.completed(id);
    }

    private static String prediction(String id, String end) {
        return gateway.url("/api/v3/predictions/%s/%s".formatted(id, end));
    }

    private static Response ask(String prompt) {
        return gateway.post("{\"prompt\": \"%s\"}".formatted(prompt));
    }

    private static String id(Response answer) {
        return answer.then().statusCode(200).extract().path("data.id");
    }
}
