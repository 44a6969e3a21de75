package dev.darkroom.core.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import dev.darkroom.core.ratelimit.SubmissionGate.Dequeue;
import dev.darkroom.core.ratelimit.SubmissionGate.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionGateTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Owner ACME = new Owner("acme");
    private static final Demand CAT = new Demand(ACME, "vendor/cats", 1);
    private static final Demand DOG = new Demand(ACME, "vendor/dogs", 1);
    private static final RateLimits NONE = new RateLimits(Optional.empty(), 3);

    @ParameterizedTest
    @CsvSource({"60, 1, 1000", "60, 4, 4000", "1, 1, 60000", "7, 1, 8572", "6000, 1, 10"})
    void eachImageTakesItsShareOfTheMinute(int perMinute, int images, long millis) {
        var after = admitted(SubmissionGate.UNUSED.enter(new Demand(ACME, "a/b", images), NOW, perMinute(perMinute)));

        assertThat(after.rate().nextImageAt()).isEqualTo(NOW.plusMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"60, 1", "600, 10", "6000, 100"})
    void noMoreThanASecondAllowsIsAdmittedAtOnce(int perMinute, int atOnce) {
        var limits = perMinute(perMinute);
        var gate = SubmissionGate.UNUSED;
        int admitted = 0;
        while (gate.enter(CAT, NOW, limits) instanceof Entry.Admitted(var after)) {
            gate = after;
            admitted++;
        }

        assertThat(admitted).isEqualTo(atOnce);
    }

    @Test
    void withoutLimitsNothingChanges() {
        assertThat(admitted(SubmissionGate.UNUSED.enter(CAT, NOW, NONE))).isEqualTo(SubmissionGate.UNUSED);
    }

    @Test
    void aRefusalOpensTheCircuitOfItsModelOnly() {
        var gate = SubmissionGate.UNUSED.refused(CAT.upstreamPath(), null, NOW, NOW);

        assertThat(gate.enter(CAT, NOW, NONE)).isInstanceOf(Entry.Queued.class);
        assertThat(gate.dequeue(1, 0, CAT, NOW, NONE)).isEqualTo(new Dequeue.CircuitOpen(NOW.plusSeconds(1)));
        assertThat(gate.enter(DOG, NOW, NONE)).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void aRetryAfterIsKept() {
        var gate = SubmissionGate.UNUSED.refused(CAT.upstreamPath(), Duration.ofMinutes(7), NOW, NOW);

        assertThat(gate.dequeue(1, 0, CAT, NOW, NONE))
                .isEqualTo(new Dequeue.CircuitOpen(NOW.plus(Duration.ofMinutes(7))));
    }

    @Test
    void aProbeThatIsNotSentIsGivenBackWithItsShareOfTheRate() {
        var limits = perMinute(60);
        var refused = SubmissionGate.UNUSED.refused(CAT.upstreamPath(), null, NOW, NOW);
        var later = NOW.plusSeconds(5);
        var probing = admitted(refused.enter(CAT, later, limits));
        assertThat(probing.dequeue(1, 0, CAT, later.plusSeconds(1), limits)).isInstanceOf(Dequeue.CircuitOpen.class);

        var released = probing.released(CAT, limits);

        assertThat(released.dequeue(1, 0, CAT, later, limits)).isInstanceOf(Dequeue.Admitted.class);
    }

    @Test
    void whileARequestIsQueuedTheNextOneIsQueuedToo() {
        var queued = (Entry.Queued) SubmissionGate.UNUSED
                .refused(CAT.upstreamPath(), null, NOW, NOW)
                .enter(CAT, NOW, NONE);

        assertThat(queued.after().enter(DOG, NOW.plusSeconds(60), NONE)).isInstanceOf(Entry.Queued.class);
    }

    @Test
    void anOwnerMayHaveSoManyWaiting() {
        var gate = SubmissionGate.UNUSED.refused(CAT.upstreamPath(), null, NOW, NOW);
        for (int i = 0; i < 3; i++) {
            gate = ((Entry.Queued) gate.enter(CAT, NOW, NONE)).after();
        }

        assertThat(gate.enter(CAT, NOW, NONE)).isInstanceOf(Entry.QueueFull.class);
        assertThat(gate.enter(new Demand(new Owner("umbrella"), "vendor/cats", 1), NOW, NONE))
                .isInstanceOf(Entry.Queued.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 60_001})
    void aRateThatCannotBeIsNamed(int perMinute) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perMinute(perMinute))
                .withMessage("images per minute of a provider must be from 1 to 60000");
    }

    private static RateLimits perMinute(int images) {
        return new RateLimits(Optional.of(images), 3);
    }

    private static SubmissionGate admitted(Entry entry) {
        return ((Entry.Admitted) entry).after();
    }
}
