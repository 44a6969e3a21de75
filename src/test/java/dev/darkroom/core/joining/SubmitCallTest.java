package dev.darkroom.core.joining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.joining.SubmitCall.Submitted;
import dev.darkroom.core.ratelimit.RateLimits;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubmitCallTest {

    private static final Owner OTHER = new Owner("umbrella");
    private static final Duration WAIT = Duration.ofSeconds(25);

    /** The longest time after which a request without an answer is certain to have none. */
    private static final Duration AFTER_THE_HOLD = WAIT.plusSeconds(5);

    private final CoreFixture core = new CoreFixture();

    @Test
    void aRequestIsOneGenerationThatRepeatsNone() {
        var submitted = unmarked();

        assertThat(submitted.submission())
                .isInstanceOfSatisfying(
                        Submission.Stored.class,
                        stored -> assertThat(stored.repeated()).isFalse());
        assertThat(core.provider.submissions()).hasSize(1);
        assertThat(core.events.joined()).isEmpty();
        assertThat(core.calls.writes()).isEqualTo(1);
    }

    @Test
    void twoEqualRequestsAtOnceAreTwoGenerations() {
        var first = unmarked();

        var second = unmarked();

        assertThat(generation(second)).isNotEqualTo(generation(first));
        assertThat(core.provider.submissions()).hasSize(2);
    }

    @Test
    void aMarkedRetryGetsTheGenerationOfItsRequest() {
        var first = unmarked();

        var retry = marked(1);

        assertThat(generation(retry)).isEqualTo(generation(first));
        assertThat(retry.submission())
                .isInstanceOfSatisfying(
                        Submission.Stored.class,
                        stored -> assertThat(stored.repeated()).isTrue());
        assertThat(core.provider.submissions()).hasSize(1);
        assertThat(core.events.joined()).containsExactly(generation(first));
    }

    @Test
    void anOwedRowThatCannotBeReadFailsOneRequestAndNotTheNext() {
        var first = unmarked();
        askAgain(first);
        core.store.damage(generation(first));
        var failed = unmarked();

        var next = unmarked();

        assertThat(failed.submission()).isInstanceOf(Submission.NotStored.class);
        assertThat(failed.call()).isEmpty();
        assertThat(generation(next)).isNotEqualTo(generation(first));
    }

    @Test
    void fiftyMarkedRetriesAtOnceGetOneGeneration() throws Exception {
        var first = unmarked();

        var retries = atOnce(50, () -> marked(1));

        assertThat(retries).extracting(SubmitCallTest::generation).containsOnly(generation(first));
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void callsThatLoseTheirConnectionsAtOnceGetTheirGenerationsBack() throws Exception {
        var calls = IntStream.range(0, 20).mapToObj(_ -> generation(unmarked())).toList();

        var retries = atOnce(20, () -> marked(1));

        assertThat(retries).extracting(SubmitCallTest::generation).containsExactlyInAnyOrderElementsOf(calls);
    }

    @Test
    void aRequestGetsTheGenerationWhoseLastAnswerWasAskAgain() {
        var first = unmarked();
        askAgain(first);

        var retry = unmarked();

        assertThat(generation(retry)).isEqualTo(generation(first));
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void retriesAtOnceTakeAsManyOwedGenerations() throws Exception {
        var calls = Stream.generate(this::unmarked).limit(20).toList();
        calls.forEach(this::askAgain);

        var retries = atOnce(20, this::unmarked);

        assertThat(retries)
                .extracting(SubmitCallTest::generation)
                .containsExactlyInAnyOrderElementsOf(
                        calls.stream().map(SubmitCallTest::generation).toList());
    }

    @Test
    void theOldestOwedGenerationIsTakenFirst() {
        var first = unmarked();
        core.clock.advance(Duration.ofSeconds(1));
        var second = unmarked();
        askAgain(second);
        askAgain(first);

        assertThat(generation(unmarked())).isEqualTo(generation(first));
        assertThat(generation(unmarked())).isEqualTo(generation(second));
        assertThat(generation(unmarked())).isNotIn(generation(first), generation(second));
    }

    @Test
    void aSecondEqualRequestAfterAnAnswerIsANewGeneration() {
        var first = unmarked();
        core.settleCall.answered(call(first));

        var second = unmarked();

        assertThat(generation(second)).isNotEqualTo(generation(first));
    }

    @Test
    void aMarkedRetryGetsAnAnswerOfTheLastFiveMinutesOnceMore() {
        var first = unmarked();
        core.settleCall.answered(call(first));
        core.clock.advance(Duration.ofSeconds(299));

        var retry = marked(1);
        core.clock.advance(Duration.ofSeconds(1));
        var late = marked(1);

        assertThat(generation(retry)).isEqualTo(generation(first));
        assertThat(generation(late)).isNotEqualTo(generation(first));
    }

    @Test
    void aRetryWhoseProcessHasDiedLeavesItsGenerationOwed() {
        var first = unmarked();
        askAgain(first);
        unmarked();
        core.clock.advance(AFTER_THE_HOLD);

        var retry = unmarked();

        assertThat(generation(retry)).isEqualTo(generation(first));
    }

    @Test
    void aRowThatWasNeverStoredIsStoredByTheRetry() {
        var first = unmarked();
        core.store.clear();
        core.provider.reset();

        var retry = marked(1);

        assertThat(core.store.all()).extracting(Generation::id).containsExactly(generation(first));
        assertThat(generation(retry)).isEqualTo(generation(first));
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void whatItsOwnerHasDeletedIsNotJoined() {
        var first = unmarked();
        var row = core.store.find(generation(first)).orElseThrow();
        core.store.update(row.failed(Failure.NEVER_SUBMITTED, core.clock.instant()));
        var ended = core.store.find(generation(first)).orElseThrow();
        core.store.update(ended.deleted(core.clock.instant()));

        var retry = marked(1);

        assertThat(generation(retry)).isNotEqualTo(generation(first));
        assertThat(core.calls.all())
                .allMatch(record -> record.find(generation(first)).isEmpty());
    }

    @Test
    void withAnIdempotencyKeyTheKeyDecides() {
        var key = Optional.of(new IdempotencyKey("order-1"));
        askAgain(unmarked());

        var first = submit(command(CoreFixture.OWNER, "a cat", key), 0);
        var second = submit(command(CoreFixture.OWNER, "a cat", key), 1);

        assertThat(generation(first))
                .isEqualTo(generation(second))
                .isEqualTo(GenerationId.derived(CoreFixture.OWNER, key.orElseThrow()));
        assertThat(first.call()).isEmpty();
        assertThat(core.calls.writes()).isEqualTo(2);
    }

    @Test
    void noOtherOwnerRequestOrRouteIsJoined() {
        var first = unmarked();
        askAgain(first);

        var submitted = List.of(
                submit(command(OTHER, "a cat", Optional.empty()), 1),
                submit(command(CoreFixture.OWNER, "a dog", Optional.empty()), 1),
                core.submitCall.submit(
                        command(CoreFixture.OWNER, "a cat", Optional.empty()),
                        new ClientRequest("/v1/other", 1, core.clock.instant().plus(WAIT))));

        assertThat(submitted).extracting(SubmitCallTest::generation).doesNotContain(generation(first));
    }

    @Test
    void anInvalidRequestWritesNothing() {
        var submitted = submit(command(CoreFixture.OWNER, " ", Optional.empty()), 0);

        assertThat(submitted.submission()).isInstanceOf(Submission.InvalidInput.class);
        assertThat(submitted.call()).isEmpty();
        assertThat(core.calls.writes()).isZero();
    }

    @Test
    void aRequestThatTheQueueRefusesLeavesNoCall() {
        var limited = new CoreFixture(CoreFixture.TIMEOUTS, new RateLimits(Optional.of(1), 1));
        var client = new ClientRequest("/v1", 0, limited.clock.instant().plus(WAIT));
        var command = command(CoreFixture.OWNER, "a cat", Optional.empty());
        limited.submitCall.submit(command, client);
        limited.submitCall.submit(command, client);

        var refused = limited.submitCall.submit(command, client);

        assertThat(refused.submission()).isInstanceOf(Submission.QueueFull.class);
        assertThat(refused.call()).isEmpty();
        assertThat(limited.calls.all())
                .singleElement()
                .satisfies(record -> assertThat(record.calls()).hasSize(2));
    }

    @Test
    void oneEqualCallTooManyIsRefusedBeforeItIsPaidFor() {
        IntStream.range(0, CallRecord.MAX_OPEN).forEach(_ -> unmarked());

        var refused = unmarked();

        assertThat(refused.submission()).isInstanceOf(Submission.QueueFull.class);
        assertThat(core.provider.submissions()).hasSize(CallRecord.MAX_OPEN);
        assertThat(core.calls.all())
                .singleElement()
                .satisfies(record -> assertThat(record.calls()).hasSize(CallRecord.MAX_OPEN));
    }

    private Submitted unmarked() {
        return submit(command(CoreFixture.OWNER, "a cat", Optional.empty()), 0);
    }

    private Submitted marked(int retries) {
        return submit(command(CoreFixture.OWNER, "a cat", Optional.empty()), retries);
    }

    private Submitted submit(Command command, int retries) {
        return core.submitCall.submit(
                command,
                new ClientRequest(
                        "/v1/images/generations", retries, core.clock.instant().plus(WAIT)));
    }

    private void askAgain(Submitted submitted) {
        assertThat(core.settleCall.askAgain(call(submitted))).isTrue();
    }

    private static Command command(Owner owner, String prompt, Optional<IdempotencyKey> key) {
        return new Command(owner, CoreFixture.MODEL, "{\"prompt\": \"%s\"}".formatted(prompt), key, Optional.empty());
    }

    private static OpenCall call(Submitted submitted) {
        return submitted.call().orElseThrow();
    }

    private static GenerationId generation(Submitted submitted) {
        return CoreFixture.accepted(submitted.submission()).id();
    }

    private static <T> List<T> atOnce(int count, Callable<T> task) throws InterruptedException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = executor.invokeAll(
                    IntStream.range(0, count).mapToObj(_ -> task).toList());
            return futures.stream().map(future -> future.resultNow()).toList();
        }
    }
}
