package dev.darkroom.core.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.darkroom.core.TestClock;
import dev.darkroom.core.followup.FollowUpResult.Done;
import dev.darkroom.core.followup.FollowUpResult.NoRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CopyRoomTest {

    private final TestClock clock = new TestClock();
    private final CopyRoom room = new CopyRoom(clock);

    /** A thousand images that wait are not read again all at once. */
    @Test
    void thoseThatFindNoRoomComeBackOneAfterTheOther() {
        var turns = turnsWhileFull(1_000);

        var first = clock.instant().plusSeconds(3);
        assertThat(turns).isSorted().doesNotHaveDuplicates();
        assertThat(turns.getFirst()).isEqualTo(first);
        assertThat(turns.getLast()).isBetween(first.plusSeconds(60), first.plusSeconds(120));
    }

    @Test
    void whoFindsNoRoomLaterDoesNotWaitForTurnsThatAreOver() {
        turnsWhileFull(10);
        clock.advance(Duration.ofMinutes(5));

        assertThat(turnsWhileFull(1)).containsExactly(clock.instant().plusSeconds(3));
    }

    @Test
    void aPlaceIsFreeAgainAfterAnAttemptThatFailed() {
        for (int i = 0; i < 10; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> room.within(true, () -> {
                        throw new IllegalStateException();
                    }));
        }

        assertThat(room.within(true, Done::new)).isEqualTo(new Done());
    }

    /** When so many attempts are to come back that find all four places taken. */
    private List<Instant> turnsWhileFull(int attempts) {
        var turns = new ArrayList<Instant>();
        occupied(
                4,
                () -> IntStream.range(0, attempts)
                        .mapToObj(_ -> room.within(false, Done::new))
                        .map(result -> ((NoRoom) result).nextAt())
                        .forEach(turns::add));
        return turns;
    }

    private void occupied(int places, Runnable meanwhile) {
        if (places == 0) {
            meanwhile.run();
        } else {
            room.within(false, () -> {
                occupied(places - 1, meanwhile);
                return new Done();
            });
        }
    }
}
