package dev.darkroom.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.core.account.Owner;
import dev.darkroom.faults.audit.Row;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import dev.darkroom.local.provider.Fault;
import dev.darkroom.local.table.DynamoDbLocal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The provider creates every prediction, and answers no paid call. */
class UnansweredCallsIT {

    /** {@code -Dunanswered.calls=1000} raises the number. */
    private static final int GENERATIONS = Integer.getInteger("unanswered.calls", 80);

    private static final int CALLERS = 16;

    @Test
    void everyPredictionIsFoundByItsRowAndNoneIsPaidForTwice() throws InterruptedException {
        var options = PlatformOptions.of(Path.of("").toAbsolutePath())
                .withImageTime(Duration.ofMillis(500))
                .withTick(Duration.ofSeconds(1))
                .withEnvironment(Map.of("DARKROOM_FUNCTION_LOG_LEVEL", "ERROR"));
        try (var platform = Platform.start(options)) {
            platform.simulator().misbehave(Map.of(Fault.ACCEPT_THEN_504, 1.0));

            askForAll(platform);

            try (var client = DynamoDbLocal.client(platform.tableAddress())) {
                await().atMost(Duration.ofSeconds(90))
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> Row.all(client).stream().noneMatch(Row::due));
                var rows = Row.all(client);
                assertThat(rows)
                        .hasSize(GENERATIONS)
                        .allSatisfy(row -> assertThat(row.status()).isEqualTo("COMPLETED"));
                assertThat(rows.stream().flatMap(row -> row.prediction().stream()))
                        .containsExactlyInAnyOrderElementsOf(
                                platform.simulator().predictions());
            }
            assertThat(platform.simulator().posts()).isEqualTo(GENERATIONS);
        }
    }

    /** Ten requests each have the same prompt. */
    private static void askForAll(Platform platform) throws InterruptedException {
        var caller = new Caller(
                platform.address(), platform.createKey(new Owner("faults")).value());
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            callers.invokeAll(IntStream.range(0, GENERATIONS)
                    .<Callable<String>>mapToObj(i -> () -> caller.ask("key-" + i, "cat %d".formatted(i / 10), 1))
                    .toList());
        }
    }
}
