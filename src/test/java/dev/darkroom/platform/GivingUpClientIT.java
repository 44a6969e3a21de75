package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.local.provider.Fault;
import dev.darkroom.platform.GivingUpClient.Submitted;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients give up after ten seconds and repeat the POST without a key, while the provider takes longer. The gateway
 * sends one paid call and returns the id before they give up.
 */
@Timeout(900)
class GivingUpClientIT {

    /** {@code -Dgiving.up.calls=200} raises the number. */
    private static final int CALLS = Integer.getInteger("giving.up.calls", 20);

    private static final Logger LOG = Logger.getLogger(GivingUpClientIT.class);
    private static final int CALLERS = 4;

    /** One second before the clients give up. */
    private static final Duration IN_TIME = Duration.ofSeconds(9);

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    private int postsBefore;
    private int imagesBefore;

    @BeforeAll
    static void start() throws Exception {
        gateway = RunningPlatform.start(RunningPlatform.options().withProcesses(CALLERS));
        gateway.warmUp();
        // Each call occupies its process until the provider answers.
        gateway.platform().warmUp("submit-generation", CALLERS);
        callEachProcess();
    }

    /** The first event of a JVM takes seconds on a busy machine, which this test must not measure. */
    private static void callEachProcess() throws InterruptedException {
        gateway.platform().simulator().setLate(Duration.ofSeconds(2));
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            callers.invokeAll(IntStream.range(0, 2 * CALLERS)
                    .<Callable<String>>mapToObj(i -> () -> gateway.submitted("dog %d [slow]".formatted(i)))
                    .toList());
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> gateway.due() == 0);
        gateway.platform().simulator().setLate(Duration.ofSeconds(12));
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @BeforeEach
    void count() {
        postsBefore = gateway.platform().simulator().posts();
        imagesBefore = gateway.platform().simulator().billedImages();
    }

    /** Lets the rows of a failed test end, so that the next test does not count their paid calls. */
    @AfterEach
    void behave() {
        gateway.platform().simulator().misbehave(Map.of());
        await().atMost(Duration.ofMinutes(2)).until(() -> gateway.due() == 0);
    }

    @Test
    void aProviderThatAnswersAfterTwelveSecondsIsPaidOnce() throws Exception {
        gateway.platform().simulator().misbehave(Map.of(Fault.SLOW, 1.0));

        var submitted = submit(IntStream.range(0, CALLS).mapToObj("cat %d"::formatted));

        isPaidOnceAndCompletes(submitted, CALLS);
    }

    @Test
    void aProviderThatNeverEndsItsAnswerIsPaidOnce() throws Exception {
        var faults = List.of(Fault.ACCEPT_THEN_DRIP, Fault.ACCEPT_THEN_DRIP_HEADERS, Fault.ACCEPT_THEN_HANG);

        var submitted = submit(faults.stream().map(fault -> "a cat " + fault.markForGood()));

        isPaidOnceAndCompletes(submitted, faults.size());
    }

    /** On a busy machine a JVM starts too slowly for a promise about time. */
    @Test
    void theStartsOfItsProcessesAreInTheTime() throws Exception {
        assumeThat(isNative()).as("the artifact is native").isTrue();
        try (var cold = RunningPlatform.start(RunningPlatform.options());
                var client = client(cold)) {
            var submitted = client.submit("a cat " + Fault.SLOW.markForGood());

            assertThat(submitted.attempts()).isEqualTo(1);
            assertThat(submitted.took()).isLessThan(IN_TIME);
        }
    }

    private void isPaidOnceAndCompletes(List<Submitted> submitted, int calls) {
        assertThat(submitted).hasSize(calls).allSatisfy(one -> {
            assertThat(one.attempts()).isEqualTo(1);
            assertThat(one.took()).isLessThan(IN_TIME);
            // On a busy machine the table may not store the outcome in time; the answer then shows the claimed row.
            assertThat(one.status()).isIn("processing", "created");
            assertThat(one.unconfirmed()).isEqualTo(one.status().equals("processing"));
        });
        var slowest = submitted.stream().map(Submitted::took).max(Comparator.naturalOrder());
        LOG.infof("slowest of %d answers: %s", (Object) calls, slowest.orElseThrow());
        await().atMost(Duration.ofMinutes(2)).until(() -> gateway.due() == 0);
        assertThat(submitted)
                .allSatisfy(one -> assertThat(gateway.result(one.id()).getList("data.outputs"))
                        .hasSize(1))
                .extracting(Submitted::id)
                .doesNotHaveDuplicates();
        assertThat(gateway.platform().simulator().posts() - postsBefore).isEqualTo(calls);
        assertThat(gateway.platform().simulator().billedImages() - imagesBefore).isEqualTo(calls);
    }

    private static List<Submitted> submit(Stream<String> prompts) throws InterruptedException, ExecutionException {
        try (var client = client(gateway);
                var callers = Executors.newFixedThreadPool(CALLERS)) {
            var submitted = new ArrayList<Submitted>();
            for (var one : callers.invokeAll(prompts.<Callable<Submitted>>map(prompt -> () -> client.submit(prompt))
                    .toList())) {
                submitted.add(one.get());
            }
            return submitted;
        }
    }

    private static GivingUpClient client(RunningPlatform platform) {
        return new GivingUpClient(
                URI.create(platform.url(RunningPlatform.MODEL)), platform.key().value());
    }

    private static boolean isNative() throws IOException {
        try (var zip = new ZipFile(
                RunningPlatform.PROJECT.resolve("target/function.zip").toFile())) {
            return zip.getEntry("bootstrap") != null;
        }
    }
}
