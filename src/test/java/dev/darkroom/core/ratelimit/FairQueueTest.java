package dev.darkroom.core.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.Owner;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairQueueTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Owner ACME = new Owner("acme");
    private static final Owner UMBRELLA = new Owner("umbrella");

    /**
     * {@code coming} is the order in which the owners' requests arrive ({@code a} for acme, {@code u} for umbrella),
     * {@code rounds} are the rounds that they get.
     */
    @ParameterizedTest
    @CsvSource({"a, 1", "aa, 12", "aau, 121", "aauu, 1212", "uaaau, 11232"})
    void inEachRoundEveryOwnerHasOneRequest(String coming, String rounds) {
        var queue = FairQueue.EMPTY;
        var given = new StringBuilder();
        for (int i = 0; i < coming.length(); i++) {
            var owner = coming.charAt(i) == 'a' ? ACME : UMBRELLA;
            queue = queue.enqueue(owner, NOW);
            given.append(queue.lastRoundOf(owner));
        }

        assertThat(given).hasToString(rounds);
        assertThat(queue.length()).isEqualTo(coming.length());
    }

    @Test
    void aLaterOwnerDoesNotOvertakeTheRoundsThatAreOver() {
        var queue = FairQueue.EMPTY.enqueue(ACME, NOW).enqueue(ACME, NOW).dequeue(1);

        assertThat(queue.enqueue(UMBRELLA, NOW).lastRoundOf(UMBRELLA)).isEqualTo(2);
    }

    @Test
    void withTheLastRequestTheQueueIsEmptyAndTheNextRoundIsALaterOne() {
        var queue =
                FairQueue.EMPTY.enqueue(ACME, NOW).enqueue(ACME, NOW).dequeue(1).dequeue(2);

        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.lastRounds()).isEmpty();
        assertThat(queue.enqueue(ACME, NOW).lastRoundOf(ACME)).isEqualTo(3);
    }

    @Test
    void aRequestThatWasNeverStoredIsForgottenAfterFiveSecondsWithoutQueuedRows() {
        var queue = FairQueue.EMPTY.enqueue(ACME, NOW);

        assertThat(queue.drained(NOW.plusSeconds(4))).isEqualTo(queue);
        assertThat(queue.drained(NOW.plusSeconds(5)).isEmpty()).isTrue();
    }

    @Test
    void aRoundThatWasNeverStoredIsForgottenWhenALaterOneIsDequeued() {
        var queue = FairQueue.EMPTY.enqueue(ACME, NOW).enqueue(UMBRELLA, NOW).enqueue(UMBRELLA, NOW);

        assertThat(queue.dequeue(UMBRELLA, 2, 0).isEmpty()).isTrue();
    }

    @Test
    void whatWaitsInALaterRoundOrInTheSameOfAnotherOwnerIsNotForgotten() {
        var queue = FairQueue.EMPTY.enqueue(ACME, NOW).enqueue(UMBRELLA, NOW).enqueue(UMBRELLA, NOW);

        assertThat(queue.dequeue(ACME, 1, 0).isEmpty()).isFalse();
        assertThat(queue.dequeue(UMBRELLA, 1, 0).lastRounds())
                .containsExactlyInAnyOrderEntriesOf(Map.of(ACME, 1L, UMBRELLA, 2L));
    }

    @Test
    void whatIsKnownToWaitInAnEarlierRoundIsCounted() {
        var queue = FairQueue.EMPTY.enqueue(ACME, NOW).enqueue(ACME, NOW).enqueue(ACME, NOW);

        assertThat(queue.dequeue(ACME, 3, 2).length()).isEqualTo(2);
    }

    @Test
    void earlierRoundsCountOnlyWhileARequestWaitsInThem() {
        var before = FairQueue.EMPTY.enqueue(ACME, NOW).enqueue(ACME, NOW).enqueue(UMBRELLA, NOW);
        var limits = new RateLimits(Optional.empty(), 2);

        var after = before.enqueue(UMBRELLA, NOW).recount(before, Map.of(ACME, 1L));

        assertThat(before.isFull(ACME, limits)).isTrue();
        assertThat(after.isFull(ACME, limits)).isFalse();
        assertThat(after.lastRounds()).containsExactlyInAnyOrderEntriesOf(Map.of(ACME, 1L, UMBRELLA, 2L));
        assertThat(before.recount(before, Map.of()).lastRounds()).isEmpty();
    }

    @Test
    void aCancelledRoundGoesToTheNextRequest() {
        var queue = FairQueue.EMPTY.enqueue(ACME, NOW).enqueue(ACME, NOW).cancelRound(ACME, 2);

        assertThat(queue.length()).isEqualTo(1);
        assertThat(queue.enqueue(ACME, NOW).lastRoundOf(ACME)).isEqualTo(2);
    }

    @Test
    void aRequestThatWaitsAgainIsCountedAgain() {
        var queue = FairQueue.EMPTY
                .enqueue(ACME, NOW)
                .enqueue(UMBRELLA, NOW)
                .dequeue(1)
                .requeue(NOW);

        assertThat(queue.length()).isEqualTo(2);
        assertThat(queue.round()).isEqualTo(1);
    }

    @Test
    void anOwnerIsFullWithAsManyWaitingAsAreAllowed() {
        var limits = new RateLimits(Optional.empty(), 2);
        var queue = FairQueue.EMPTY.enqueue(ACME, NOW).enqueue(ACME, NOW);

        assertThat(queue.isFull(ACME, limits)).isTrue();
        assertThat(queue.isFull(UMBRELLA, limits)).isFalse();
        assertThat(queue.dequeue(1).isFull(ACME, limits)).isFalse();
    }

    @Test
    void aheadAreTheOwnersOwnAndTheOthersInTheSameRounds() {
        var queue = new FairQueue(3, Map.of(ACME, 6L, UMBRELLA, 5L), 5, NOW);

        assertThat(queue.ahead(ACME, 4)).isEqualTo(1);
        assertThat(queue.ahead(ACME, 6)).isEqualTo(4);
        assertThat(queue.ahead(UMBRELLA, 5)).isEqualTo(3);
    }
}
