package dev.darkroom.core.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.RecordingListener.Opening;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.store.GenerationListener.ProviderCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A sweep of a thousand rows during an outage of the provider. */
class ProviderOutageTest {

    private static final int ROWS = 1_000;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final CoreFixture core = new CoreFixture();
    private final Instant start = core.clock.instant();
    private final List<Instant> calls = new ArrayList<>();

    @Test
    void anOutageOfTenMinutesCostsFewCalls() throws InterruptedException {
        process(ROWS);
        var back = start.plus(Duration.ofMinutes(10));
        outUntil(back, null);

        core.sweepFor(WINDOW);

        // Five calls open the circuit, then one follows each pause: 1, 2, 4, 8, 16, 32 s, up to ten minutes.
        assertThat(calls).filteredOn(at -> at.isBefore(back)).hasSizeBetween(10, 20);
    }

    @Test
    void anOutageAfterAnswersCostsFewCallsMore() throws InterruptedException {
        process(1);
        core.sweepFor(Duration.ofSeconds(1));
        process(ROWS);
        outUntil(start.plus(Duration.ofMinutes(10)), null);

        core.sweepFor(Duration.ofMinutes(10));

        // One call a second follows in the first five seconds, while it may be a single failure.
        assertThat(calls).hasSizeBetween(10, 25);
        assertThat(calls)
                .filteredOn(at -> at.isAfter(start.plus(Duration.ofMinutes(1))))
                .hasSizeBetween(5, 10);
    }

    @Test
    void anOutageThatBeginsWithBrokenConnectionsCostsFewCallsToo() throws InterruptedException {
        process(20);
        core.provider.answerPollsBy(id -> {
            boolean isFirst = core.provider.polls().stream().filter(id::equals).count() == 1;
            calls.add(core.clock.instant());
            return Optional.of(
                    isFirst ? new PollOutcome.Unclear("reset") : new PollOutcome.Unavailable(null, "no answer"));
        });

        core.sweepFor(Duration.ofMinutes(10));

        // Each row's first poll breaks off, and then the outage goes on as any other.
        assertThat(calls).hasSizeBetween(25, 20 + 25);
    }

    @Test
    void allRowsAreFinishedWithinOnePauseAfterTheProviderIsBack() throws InterruptedException {
        process(ROWS);
        var back = start.plus(Duration.ofMinutes(10));
        outUntil(back, null);

        core.sweepFor(WINDOW);

        assertThat(statuses()).containsOnly(Status.COMPLETED);
        assertThat(core.clock.instant())
                .isBetween(back, back.plus(Duration.ofMinutes(1)).plusSeconds(2));
    }

    @Test
    void anOutageWritesNothingAndFailsNothing() throws InterruptedException {
        process(ROWS);
        int before = core.store.writes();
        outUntil(Instant.MAX, null);

        var report = core.sweepFor(Duration.ofMinutes(4));

        // Only a row that was polled may get a new due time.
        assertThat(core.store.writes() - before).isLessThanOrEqualTo(calls.size());
        assertThat(statuses()).containsOnly(Status.PROCESSING);
        assertThat(report.failures()).isZero();
    }

    @Test
    void thePausesAreReported() throws InterruptedException {
        process(10);
        outUntil(start.plusSeconds(5), null);

        core.sweepFor(WINDOW);

        assertThat(core.events.openings())
                .containsExactly(
                        new Opening(CoreFixture.PROVIDER, ProviderCall.RESULT, Duration.ofSeconds(1)),
                        new Opening(CoreFixture.PROVIDER, ProviderCall.RESULT, Duration.ofSeconds(2)),
                        new Opening(CoreFixture.PROVIDER, ProviderCall.RESULT, Duration.ofSeconds(4)));
    }

    @Test
    void oneRetryAfterWithoutSuccessesDelaysAllRows() throws InterruptedException {
        process(ROWS);
        outUntil(start.plusMillis(1), Duration.ofSeconds(30));

        core.sweepFor(WINDOW);

        assertThat(calls).filteredOn(at -> at.isBefore(start.plusSeconds(30))).hasSize(1);
        assertThat(statuses()).containsOnly(Status.COMPLETED);
        assertThat(core.clock.instant()).isBefore(start.plusSeconds(33));
    }

    @Test
    void stepsThatNeedNoProviderGoOn() throws InterruptedException {
        process(20);
        outUntil(Instant.MAX, null);
        var lost = core.pending(TestClaims.claim("c", start));
        var hopeless = core.pending(new State.Unconfirmed(
                TestClaims.attempt("d", start.minus(Duration.ofHours(24)).plusSeconds(30)), ""));

        core.sweepFor(Duration.ofMinutes(4));

        assertThat(core.row(lost).state()).isInstanceOf(State.Unconfirmed.class);
        assertThat(core.row(hopeless).state())
                .isInstanceOfSatisfying(
                        State.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(Failure.SUBMISSION_UNCONFIRMED));
    }

    @Test
    void aHistoryThatIsOutHoldsNoPoll() throws InterruptedException {
        var unavailable = new SearchOutcome.Unavailable(null, "500");
        core.provider.willFind(
                IntStream.range(0, 100).mapToObj(_ -> unavailable).toArray(SearchOutcome[]::new));
        IntStream.range(0, 20).forEach(_ -> core.pending(new State.Unconfirmed(TestClaims.attempt("c", start), "")));
        var polled = process(20);

        core.sweepFor(Duration.ofSeconds(3));

        assertThat(polled)
                .allSatisfy(row -> assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED));
        assertThat(core.provider.searches()).isLessThan(10);
    }

    @Test
    void aListThatIsTooLongIsNotAnOutage() throws InterruptedException {
        core.provider.willFindFarAway(new SearchOutcome.Found(List.of(), false, 0));
        IntStream.range(0, 20).forEach(_ -> core.pending(new State.Unconfirmed(TestClaims.attempt("c", start), "")));

        core.sweepFor(Duration.ofSeconds(3));

        assertThat(core.provider.searches()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void theNextSweepOfTheProcessRemembersThePause() throws InterruptedException {
        process(ROWS);
        outUntil(Instant.MAX, Duration.ofMinutes(10));
        core.sweepFor(Duration.ofMinutes(1));
        int before = calls.size();

        core.sweepFor(Duration.ofMinutes(1));

        assertThat(calls).hasSize(before);
    }

    private List<Generation> process(int rows) {
        return IntStream.range(0, rows).mapToObj(_ -> core.processing()).toList();
    }

    private void outUntil(Instant back, @Nullable Duration retryAfter) {
        core.provider.answerFreeCallsBy(() -> {
            calls.add(core.clock.instant());
            return core.clock.instant().isBefore(back)
                    ? Optional.of(new PollOutcome.Unavailable(retryAfter, "out"))
                    : Optional.empty();
        });
    }

    private List<Status> statuses() {
        return core.store.all().stream().map(row -> row.state().status()).toList();
    }
}
