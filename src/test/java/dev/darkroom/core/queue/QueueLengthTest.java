package dev.darkroom.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.ratelimit.RateLimits;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The gate knows whether requests are queued, whatever happens to the requests that it counted. */
class QueueLengthTest {

    private static final Duration WINDOW = Duration.ofMinutes(4);
    private static final Owner ACME = new Owner("acme");
    private static final Owner UMBRELLA = new Owner("umbrella");

    private final CoreFixture core = new CoreFixture();

    @Test
    void aCountedRequestThatWasNeverStoredDoesNotQueueAllThatFollow() throws InterruptedException {
        refuse(ACME);
        isNotStored(ACME);

        var rows = arrivingEverySecond(ACME);

        assertThat(queued(rows)).isLessThan(10);
        assertThat(core.admission.queueLength()).isZero();
    }

    @Test
    void anotherOwnersRequestThatWasNeverStoredDoesNotQueueAllThatFollow() throws InterruptedException {
        refuse(ACME);
        isNotStored(UMBRELLA);

        var rows = arrivingEverySecond(ACME);

        assertThat(queued(rows)).isLessThan(10);
    }

    @Test
    void aThousandEndedRequestsOfOneOwnerDoNotQueueAllOfAnother() throws InterruptedException {
        refuse(ACME);
        for (int i = 0; i < 1_000; i++) {
            end(accepted(UMBRELLA, "dog %d".formatted(i)));
        }

        var rows = arrivingEverySecond(ACME);

        assertThat(queued(rows)).isLessThan(15);
    }

    @Test
    void aQueuedRowThatAnOperatorEndedDoesNotQueueAllThatFollow() throws InterruptedException {
        end(refuse(ACME));

        var rows = new ArrayList<Generation>();
        for (int i = 0; i < 300; i++) {
            core.clock.advance(Duration.ofSeconds(2));
            rows.add(accepted(ACME, "cat %d".formatted(i)));
            if (rows.getLast().state() instanceof State.Queued) {
                core.sweepQueueFor(Duration.ofMillis(1_500));
            }
        }

        assertThat(queued(rows)).isLessThan(5);
    }

    @Test
    void rowsWhoseReadsFailOnceStillWait() throws InterruptedException {
        var limited = new CoreFixture(CoreFixture.TIMEOUTS, new RateLimits(Optional.of(60), 1_000));
        IntStream.range(0, 3)
                .forEach(i -> CoreFixture.accepted(limited.submission("cat %d".formatted(i), Optional.empty())));
        limited.clock.advance(Duration.ofSeconds(10));
        var throttled = new AtomicBoolean(true);
        limited.store.setUnavailableWhile(() -> throttled.get() && isCalledBy("find"));
        var late = new ArrayList<Generation>();
        limited.everySecond(() -> {
            throttled.set(false);
            if (late.isEmpty()) {
                late.add(CoreFixture.accepted(limited.submission("late", Optional.empty())));
            }
        });

        limited.sweepQueueFor(WINDOW);

        assertThat(late).first().extracting(row -> row.state().status()).isEqualTo(Status.QUEUED);
        assertThat(waiting(limited)).isEmpty();
        assertThat(limited.admission.queueLength()).isZero();
    }

    @Test
    void aRowThatIsJoinedJustBeforeItsClaimIsCountedOnce() throws InterruptedException {
        var limited = new CoreFixture(CoreFixture.TIMEOUTS, new RateLimits(Optional.of(6), 1_000));
        IntStream.range(0, 4)
                .forEach(i -> CoreFixture.accepted(limited.submission("cat %d".formatted(i), Optional.empty())));
        limited.clock.advance(Duration.ofSeconds(10));
        limited.store.beforeUpdate(next -> {
            limited.store.beforeUpdate(_ -> {});
            var joined = limited.store.find(next.id()).orElseThrow();
            limited.store.update(joined.withFollowUp(new NotifyTask(new TaskToken("task")), limited.clock.instant()));
        });

        limited.sweepQueueFor(Duration.ofMillis(1_500));

        assertThat(waiting(limited)).hasSize(2);
        assertThat(limited.admission.queueLength()).isEqualTo(2);
    }

    @Test
    void theLastRowKeepsItsPlaceWhenItIsJoinedJustBeforeItsClaim() throws InterruptedException {
        var limited = new CoreFixture(CoreFixture.TIMEOUTS, new RateLimits(Optional.of(6), 1_000));
        IntStream.range(0, 2)
                .forEach(i -> CoreFixture.accepted(limited.submission("cat %d".formatted(i), Optional.empty())));
        limited.clock.advance(Duration.ofSeconds(10));
        var lengths = new ArrayList<Integer>();
        limited.store.beforeUpdate(next -> {
            limited.store.beforeUpdate(_ -> {});
            var joined = limited.store.find(next.id()).orElseThrow();
            limited.store.update(joined.withFollowUp(new NotifyTask(new TaskToken("task")), limited.clock.instant()));
            limited.gates.beforeWrite(() -> lengths.add(limited.admission.queueLength()));
        });

        limited.sweepQueueFor(Duration.ofMillis(1_500));

        // The claim fails, so the share and the place in the queue are given back, and then the row is admitted again.
        assertThat(lengths).startsWith(0, 0, 1);
        assertThat(waiting(limited)).isEmpty();
    }

    @Test
    void aRowThatCannotBeReadBeforeItsClaimGivesItsShareBackAndKeepsItsPlace() throws InterruptedException {
        var limited = new CoreFixture(CoreFixture.TIMEOUTS, new RateLimits(Optional.of(6), 1_000));
        CoreFixture.accepted(limited.submission("a cat", Optional.empty()));
        // Its input is too long to be kept in memory, so the sweep reads the row again.
        CoreFixture.accepted(limited.submission("x".repeat(1_500), Optional.empty()));
        limited.clock.advance(Duration.ofSeconds(10));
        limited.store.setUnavailableWhile(() -> isCalledBy("submit") && isCalledBy("find"));
        limited.sweepQueueFor(Duration.ofMillis(900));
        int length = limited.admission.queueLength();
        limited.store.setUnavailable(false);
        limited.clock.advance(Duration.ofSeconds(1));

        limited.sweepQueueFor(Duration.ofMillis(900));

        assertThat(length).isEqualTo(1);
        assertThat(waiting(limited)).isEmpty();
    }

    private Generation refuse(Owner owner) {
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, "429"));
        return accepted(owner, "refused");
    }

    private void isNotStored(Owner owner) {
        core.store.setUnavailable(true);
        assertThat(core.submission(owner, "lost", Optional.empty())).isInstanceOf(Submission.NotStored.class);
        core.store.setUnavailable(false);
    }

    private void end(Generation row) {
        core.store.update(row.failed(new Failure("failed_by_operator", "text"), core.clock.instant()));
    }

    private List<Generation> arrivingEverySecond(Owner owner) throws InterruptedException {
        var rows = new ArrayList<Generation>();
        core.everySecond(() -> rows.add(accepted(owner, "cat %d".formatted(rows.size()))));
        for (int window = 0; window < 2; window++) {
            core.sweepQueueFor(WINDOW);
            while (rows.size() < 200) {
                core.clock.advance(Duration.ofSeconds(1));
                rows.add(accepted(owner, "cat %d".formatted(rows.size())));
            }
        }
        return rows;
    }

    private Generation accepted(Owner owner, String prompt) {
        return CoreFixture.accepted(core.submission(owner, prompt, Optional.empty()));
    }

    private static long queued(List<Generation> rows) {
        return rows.stream().filter(row -> row.state() instanceof State.Queued).count();
    }

    private static List<Generation> waiting(CoreFixture core) {
        return core.store.all().stream()
                .filter(row -> row.state() instanceof State.Queued)
                .sorted(Comparator.comparing(Generation::createdAt))
                .toList();
    }

    private static boolean isCalledBy(String method) {
        return Arrays.stream(new Throwable().getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals(method));
    }
}
