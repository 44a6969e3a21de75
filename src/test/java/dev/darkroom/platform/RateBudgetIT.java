package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import dev.darkroom.local.Fault;
import dev.darkroom.local.ProviderSimulator.Call;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More is asked for than the provider takes, on real processes. */
class RateBudgetIT {

    private static final Duration LATE = Duration.ofMillis(300);

    private final List<Instant> posts = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private RunningPlatform gateway;

    @BeforeEach
    void start() {
        gateway = RunningPlatform.start(RunningPlatform.options()
                .withTick(Duration.ofSeconds(1))
                .withEnvironment(Map.of(
                        "DARKROOM_BUDGET_IMAGES_PER_MINUTE", "60",
                        "DARKROOM_BUDGET_PREDICTIONS_IN_FLIGHT", "3",
                        "DARKROOM_BUDGET_QUEUED_PER_OWNER", "4")));
        gateway.platform().warmUp();
        gateway.platform().simulator().watch(call -> {
            if (call == Call.SUBMIT) {
                posts.add(Instant.now());
            }
        });
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    @Test
    void whatIsOverTheBudgetWaitsForItsTurnAndIsToldWhere() {
        var answers = ask(5);
        var tooMany = gateway.post("{\"prompt\": \"one too many\"}");

        answers.getFirst().then().body("data.queue", equalTo(null));
        answers.getLast()
                .then()
                .body("data.status", equalTo("created"))
                .body("data.queue.position", greaterThanOrEqualTo(1))
                .body("data.queue.estimated_start", notNullValue())
                .body("data.queue.approximate", equalTo(true));
        tooMany.then()
                .statusCode(429)
                .header("retry-after", matchesPattern("[1-9]\\d*"))
                .body("error_code", equalTo("queue_full"));
        var ids = answers.stream().map(RateBudgetIT::id).toList();
        assertThat(gateway.result(ids.getLast()).getInt("data.queue.position")).isPositive();
        assertThat(ids)
                .allSatisfy(id -> assertThat(gateway.completed(id).getString("data.status"))
                        .isEqualTo("completed"));
        assertThat(posts).hasSize(5);
        assertThat(IntStream.range(1, 5).mapToObj(i -> Duration.between(posts.get(0), posts.get(i))))
                .as("seconds after the first")
                .zipSatisfy(
                        List.of(1, 2, 3, 4),
                        (after, seconds) -> assertThat(after)
                                .isGreaterThan(Duration.ofSeconds(seconds).minus(LATE)));
    }

    @Test
    void whatTheProviderRefusesIsSubmittedWhenItMay() {
        gateway.platform().simulator().misbehave(Map.of(Fault.TOO_MANY_REQUESTS, 1.0));
        var answers = ask(2);
        gateway.platform().simulator().misbehave(Map.of());

        assertThat(answers)
                .allSatisfy(answer -> answer.then().body("data.status", equalTo("created")))
                .allSatisfy(answer -> assertThat(gateway.completed(id(answer)).getString("data.status"))
                        .isEqualTo("completed"));
        assertThat(gateway.platform().simulator().predictions()).hasSize(2);
    }

    private List<Response> ask(int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> gateway.post("{\"prompt\": \"cat %d\"}".formatted(i)))
                .toList();
    }

    private static String id(Response answer) {
        return answer.then().statusCode(200).extract().path("data.id");
    }
}
