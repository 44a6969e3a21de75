package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More is asked for than the provider takes, on real processes. */
class RateBudgetIT {

    /** The first one's own delay on its way. */
    private static final Duration LATE = Duration.ofMillis(300);

    private final List<Instant> posts = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private RunningPlatform gateway;

    private void start(int imagesPerMinute) {
        gateway = RunningPlatform.start(RunningPlatform.options()
                .withTick(Duration.ofSeconds(1))
                .withEnvironment(Map.of(
                        "DARKROOM_BUDGET_IMAGES_PER_MINUTE", Integer.toString(imagesPerMinute),
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
    void whatIsOverTheBudgetIsToldWhereItWaits() {
        start(1);

        var answers = ask(5);

        answers.getFirst().then().body("data.queue", equalTo(null));
        answers.getLast()
                .then()
                .body("data.status", equalTo("created"))
                .body("data.queue.position", equalTo(4))
                .body("data.queue.estimated_start", notNullValue())
                .body("data.queue.approximate", equalTo(true));
        assertThat(gateway.result(id(answers.getLast())).getInt("data.queue.position"))
                .isEqualTo(4);
        gateway.post("{\"prompt\": \"one too many\"}")
                .then()
                .statusCode(429)
                .header("retry-after", matchesPattern("[1-9]\\d*"))
                .body("error_code", equalTo("queue_full"));
        assertThat(gateway.rows()).hasSize(5);
        assertThat(posts).hasSize(1);
    }

    @Test
    void whatWaitsIsSubmittedAtTheRateOfTheBudget() {
        start(60);

        var answers = ask(5);

        assertThat(answers)
                .allSatisfy(answer -> assertThat(gateway.completed(id(answer)).getString("data.status"))
                        .isEqualTo("completed"));
        assertThat(posts).hasSize(5);
        assertThat(IntStream.range(1, 5).mapToObj(i -> Duration.between(posts.get(0), posts.get(i))))
                .as("after the first")
                .zipSatisfy(
                        Stream.of(1, 2, 3, 4).map(Duration::ofSeconds).toList(),
                        (after, share) -> assertThat(after).isGreaterThan(share.minus(LATE)));
    }

    @Test
    void whatTheProviderRefusesIsSubmittedWhenItMay() {
        start(6_000);
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
