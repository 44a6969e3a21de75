package dev.darkroom.provider.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No submission waits for the answer to another. */
class ConcurrentSubmissionsTest {

    /** More than any sweep sends at once. */
    private static final int SUBMISSIONS = 200;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Test
    void allSubmissionsAreSentAtOnce() throws InterruptedException {
        var sent = new CountDownLatch(SUBMISSIONS);
        Answer whenAllAreThere = (_, out) -> {
            sent.countDown();
            if (sent.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                Answer.of("HTTP/1.1 200 OK\r\n\r\n{\"data\":{\"id\":\"p1\"}}").write("", out);
            }
        };
        try (var server = RawServer.answering(whenAllAreThere);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var provider = new ProviderAt(server.address(), TIMEOUT);
            Callable<SubmitOutcome> submit = provider::submit;

            var outcomes = threads.invokeAll(
                    IntStream.range(0, SUBMISSIONS).mapToObj(_ -> submit).toList());

            assertThat(outcomes)
                    .allSatisfy(outcome ->
                            assertThat(outcome.get()).isEqualTo(new SubmitOutcome.Created(ProviderAt.PREDICTION)));
        }
    }
}
