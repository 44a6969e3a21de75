package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many callers or sweeps at once, after the functions have started. */
class LoadIT {

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
    void everyRequestIsPaidForOnceAndCompletes() throws Exception {
        int before = gateway.platform().simulator().posts();

        var ids = atOnce(
                20,
                IntStream.range(0, 200)
                        .<Callable<String>>mapToObj(i -> () -> gateway.submitted("cat " + i))
                        .toList());

        assertThat(new HashSet<>(ids)).hasSize(200);
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> gateway.due() == 0);
        assertThat(ids).allSatisfy(id -> assertThat(gateway.status(id)).isEqualTo("completed"));
        assertThat(gateway.platform().simulator().posts() - before).isEqualTo(200);
    }

    @Test
    void theSameKeyFiftyTimesAtOnceIsOneGeneration() throws Exception {
        int before = gateway.platform().simulator().posts();

        var ids = atOnce(
                50,
                IntStream.range(0, 50)
                        .<Callable<String>>mapToObj(_ -> () -> gateway.postWithKey("order-1", "{\"prompt\": \"a cat\"}")
                                .then()
                                .statusCode(200)
                                .extract()
                                .path("data.id"))
                        .toList());

        assertThat(new HashSet<>(ids)).hasSize(1);
        assertThat(gateway.completed(ids.getFirst()).getString("data.status")).isEqualTo("completed");
        assertThat(gateway.platform().simulator().posts() - before).isEqualTo(1);
        gateway.postWithKey("order-1", "{\"prompt\": \"a dog\"}").then().statusCode(422);
    }

    /** The price is held before a request is sent, so requests at the same time never spend the same money. */
    @Test
    void aBudgetForTwentyFiveRequestsAcceptsTwentyFiveOfTwoHundredAtOnce() throws Exception {
        var limit = new Money(1_000_000);
        var key = gateway.platform().createKey(RunningPlatform.OWNER, budget(limit));
        int before = gateway.platform().simulator().posts();

        List<Response> answers;
        try (var counter = new WatchedCounter(
                gateway, "budget#key:%s#total".formatted(key.digest().id()))) {
            answers = atOnce(
                    200,
                    IntStream.range(0, 200)
                            .<Callable<Response>>mapToObj(i -> () -> ask(key, "bird " + i))
                            .toList());

            assertThat(counter.most()).isEqualTo(limit.microDollars());
        }

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(25);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 200)
                .hasSize(175)
                .allSatisfy(refused -> refused.then()
                        .statusCode(402)
                        .header("x-should-retry", "false")
                        .body("error_code", equalTo("budget_exceeded"))
                        .body("budget.limit", equalTo(1)));
        assertThat(gateway.platform().simulator().posts() - before).isEqualTo(25);
    }

    private static KeyBudget budget(Money limit) {
        return new KeyBudget(Optional.of(limit), BudgetPeriod.TOTAL, Optional.empty(), Optional.empty());
    }

    private static Response ask(ApiKey key, String prompt) {
        return gateway.requestWith(key)
                .contentType(ContentType.JSON)
                .body("{\"prompt\": \"%s\"}".formatted(prompt))
                .post(gateway.url(RunningPlatform.MODEL));
    }

    /** The schedule may start a sweep twice, or while the last one still runs: the lease lets one work on a shard. */
    @Test
    void manySweepsAtOnceDoTheWorkOfOne() {
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.due() == 0);
        var simulator = gateway.platform().simulator();
        int posts = simulator.posts();
        int results = simulator.results();
        var ids = IntStream.range(0, 10)
                .mapToObj(i -> gateway.submitted("dog " + i))
                .toList();

        IntStream.range(0, 12).forEach(_ -> gateway.platform().tick());
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.due() == 0);

        assertThat(ids).allSatisfy(id -> assertThat(gateway.status(id)).isEqualTo("completed"));
        assertThat(simulator.posts() - posts).isEqualTo(10);
        // Each image is ready before its first poll, which comes after two seconds.
        assertThat(simulator.results() - results).isEqualTo(10);
    }

    private static <T> List<T> atOnce(int connections, List<Callable<T>> calls)
            throws InterruptedException, ExecutionException {
        try (var executor = Executors.newFixedThreadPool(connections)) {
            var results = new ArrayList<T>();
            for (var call : executor.invokeAll(calls)) {
                results.add(call.get());
            }
            return results;
        }
    }
}
