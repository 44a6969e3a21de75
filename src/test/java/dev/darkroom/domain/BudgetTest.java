package dev.darkroom.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Owner ACME = new Owner("acme");
    private static final Owner UMBRELLA = new Owner("umbrella");
    private static final RateLimits NONE = new RateLimits(Optional.empty(), Optional.empty(), 3);

    @ParameterizedTest
    @CsvSource({"60, 1, 1000", "60, 4, 4000", "1, 1, 60000", "7, 1, 8572", "6000, 1, 10"})
    void eachImageTakesItsShareOfTheMinute(int perMinute, int images, long millis) {
        var after = admitted(Budget.UNUSED.admit(ACME, images, NOW, perMinute(perMinute)));

        assertThat(after.nextImageAt()).isEqualTo(NOW.plusMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"60, 1", "600, 10", "6000, 100"})
    void noMoreThanASecondAllowsIsAdmittedAtOnce(int perMinute, int atOnce) {
        var limits = perMinute(perMinute);
        var budget = Budget.UNUSED;
        int admitted = 0;
        while (budget.admit(ACME, 1, NOW, limits) instanceof Admission.Now(var after)) {
            budget = after;
            admitted++;
        }

        assertThat(admitted).isEqualTo(atOnce);
    }

    @Test
    void withoutLimitsNothingChanges() {
        assertThat(admitted(Budget.UNUSED.admit(ACME, 4, NOW, NONE))).isEqualTo(Budget.UNUSED);
    }

    @Test
    void inEachRoundEveryOwnerHasOneTurn() {
        var first = queued(paused().admit(ACME, 1, NOW, NONE));
        var second = queued(first.after().admit(ACME, 1, NOW, NONE));
        var other = queued(second.after().admit(UMBRELLA, 1, NOW, NONE));

        assertThat(first.turn()).isEqualTo(1);
        assertThat(second.turn()).isEqualTo(2);
        assertThat(other.turn()).isEqualTo(1);
        assertThat(other.after().lastTurns()).isEqualTo(Map.of(ACME, 2L, UMBRELLA, 1L));
    }

    @Test
    void whoComesLaterDoesNotOvertakeTheRoundsThatAreOver() {
        var waiting = queued(queued(paused().admit(ACME, 1, NOW, NONE)).after().admit(ACME, 1, NOW, NONE));
        var taken = admitted(waiting.after().take(1, 1, NOW.plusSeconds(60), NONE));

        assertThat(queued(taken.admit(UMBRELLA, 1, NOW, NONE)).turn()).isEqualTo(2);
    }

    @Test
    void withTheLastTurnNobodyWaits() {
        var waiting = queued(paused().admit(ACME, 1, NOW, NONE)).after();

        var after = admitted(waiting.take(1, 1, NOW.plusSeconds(60), NONE)).accepted(NOW.plusSeconds(60));

        assertThat(after.waiting()).isZero();
        assertThat(after.admit(ACME, 1, NOW.plusSeconds(60), NONE)).isInstanceOf(Admission.Now.class);
    }

    @Test
    void whoDiedBeforeHeWasStoredIsForgottenWhenTheIndexShowsNobodyForAWhile() {
        var waiting = queued(paused().admit(ACME, 1, NOW, NONE)).after();

        assertThat(waiting.emptied(NOW.plusSeconds(4))).isEqualTo(waiting);
        assertThat(waiting.emptied(NOW.plusSeconds(5)).queuedAt()).isNull();
    }

    @Test
    void anOwnerMayHaveSoManyWaiting() {
        var budget = paused();
        for (int i = 0; i < 3; i++) {
            budget = queued(budget.admit(ACME, 1, NOW, NONE)).after();
        }

        assertThat(budget.admit(ACME, 1, NOW, NONE)).isInstanceOf(Admission.QueueFull.class);
        assertThat(budget.admit(UMBRELLA, 1, NOW, NONE)).isInstanceOf(Admission.Queued.class);
    }

    @Test
    void predictionsInFlightAreCountedWhenTheIndexShowsThoseAdmittedLast() {
        var limits = new RateLimits(Optional.empty(), Optional.of(1), 3);
        var full = admitted(Budget.UNUSED.admit(ACME, 1, NOW, limits));

        assertThat(full.take(1, 1, NOW, limits)).isInstanceOf(Admission.NotBefore.class);
        assertThat(full.isToBeCounted(NOW.plusSeconds(4), limits)).isFalse();
        assertThat(full.isToBeCounted(NOW.plusSeconds(5), limits)).isTrue();
        assertThat(full.counted(0, NOW.plusSeconds(5)).take(1, 1, NOW.plusSeconds(5), limits))
                .isInstanceOf(Admission.Now.class);
    }

    @Test
    void refusalsPauseLongerAndLongerAMinuteAtMost() {
        var budget = Budget.UNUSED;
        var at = NOW;
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            budget = budget.refused(ACME, 1, null, at, at).after();
            assertThat(budget.pause().until()).isEqualTo(at.plusSeconds(seconds));
            at = budget.pause().until();
        }
    }

    @Test
    void whatTheProviderAsksForIsKept() {
        var budget =
                Budget.UNUSED.refused(ACME, 1, Duration.ofMinutes(7), NOW, NOW).after();

        assertThat(budget.take(1, 1, NOW, NONE)).isEqualTo(new Admission.NotBefore(NOW.plus(Duration.ofMinutes(7))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 60_001})
    void aRateThatCannotBeIsNamed(int perMinute) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perMinute(perMinute))
                .withMessage("darkroom.budget.images-per-minute must be from 1 to 60000");
    }

    private static RateLimits perMinute(int images) {
        return new RateLimits(Optional.of(images), Optional.empty(), 3);
    }

    private static Budget paused() {
        return Budget.UNUSED.slowedDown(Duration.ofSeconds(30), NOW);
    }

    private static Budget admitted(Admission admission) {
        return ((Admission.Now) admission).after();
    }

    private static Admission.Queued queued(Admission admission) {
        return (Admission.Queued) admission;
    }
}
