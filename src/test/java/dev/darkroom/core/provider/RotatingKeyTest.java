package dev.darkroom.core.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.darkroom.core.provider.SecretStore.SecretName;
import dev.darkroom.simulation.SimulatedClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotatingKeyTest {

    private final SimulatedClock clock = new SimulatedClock();
    private final Store store = new Store();
    private final Queue<Runnable> beside = new ArrayDeque<>();
    private final RotatingKey key =
            new RotatingKey(store, new SecretName("a-secret", Optional.empty()), clock, beside::add);

    @Test
    void theFirstCallReadsTheKeyAndFurtherOnesDoNot() {
        assertThat(key.current()).isEqualTo("old");
        clock.advance(RotatingKey.FRESH.minusMillis(1));

        assertThat(key.current()).isEqualTo("old");
        assertThat(store.readings).isEqualTo(1);
        assertThat(beside).isEmpty();
    }

    @Test
    void aRotationIsSeenAfterFiveMinutesAndNoCallWaitsForIt() {
        key.current();
        store.value = "new";
        clock.advance(RotatingKey.FRESH);

        assertThat(key.current()).isEqualTo("old");
        assertThat(store.readings).isEqualTo(1);
        beside.remove().run();
        assertThat(key.current()).isEqualTo("new");
        assertThat(beside).isEmpty();
    }

    @Test
    void theKeyBeforeStaysInUseWhileTheStoreCannotBeRead() {
        key.current();
        store.isOut = true;
        clock.advance(RotatingKey.FRESH);

        key.current();
        beside.remove().run();

        assertThat(key.current()).isEqualTo("old");
        assertThat(beside).as("attempts have a pause between them").isEmpty();
        clock.advance(RotatingKey.PAUSE);
        key.current();
        assertThat(beside).hasSize(1);
    }

    @Test
    void aRefusedKeyIsReadAgainAtOnce() {
        key.current();
        store.value = "new";

        assertThat(key.mayBeReplaced("old")).isTrue();
        assertThat(key.current()).isEqualTo("new");
        assertThat(key.mayBeReplaced("old")).as("another call with the old key").isTrue();
        assertThat(store.readings).isEqualTo(2);
    }

    @Test
    void aKeyThatIsWrongForGoodIsNotReadForEachCall() {
        key.current();

        assertThat(key.mayBeReplaced("old")).isFalse();
        assertThat(key.mayBeReplaced("old")).isFalse();
        assertThat(store.readings).isEqualTo(2);
        clock.advance(RotatingKey.PAUSE);
        assertThat(key.mayBeReplaced("old")).isFalse();
        assertThat(store.readings).isEqualTo(3);
    }

    @Test
    void whileTheStoreCannotBeReadARefusedKeyMayHaveBeenReplaced() {
        key.current();
        store.isOut = true;

        assertThat(key.mayBeReplaced("old")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void withoutAFirstKeyEachCallTriesAgain(int failures) {
        store.isOut = true;
        for (int i = 0; i < failures; i++) {
            assertThatExceptionOfType(SecretUnavailableException.class).isThrownBy(key::current);
        }
        store.isOut = false;

        assertThat(key.current()).isEqualTo("old");
        assertThat(store.readings).isEqualTo(failures + 1);
    }

    /** Otherwise each of many would wait for the time-outs of all before it. */
    @Test
    void whoWaitsWhileTheFirstReadingFailsHasItsFailure() throws InterruptedException {
        var failures = new AtomicInteger();
        var second = Thread.ofPlatform().unstarted(() -> {
            try {
                key.current();
            } catch (SecretUnavailableException _) {
                failures.incrementAndGet();
            }
        });
        store.isOut = true;
        store.meanwhile = () -> {
            second.start();
            await().until(() -> second.getState() == Thread.State.WAITING);
        };

        assertThatExceptionOfType(SecretUnavailableException.class).isThrownBy(key::current);
        second.join();

        assertThat(failures).hasValue(1);
        assertThat(store.readings).isEqualTo(1);
    }

    @Test
    void aKeyOfTheSettingsIsNeverReplaced() {
        var fixed = ProviderKey.fixed("a-key");
        clock.advance(Duration.ofDays(1));

        assertThat(fixed.current()).isEqualTo("a-key");
        assertThat(fixed.mayBeReplaced("a-key")).isFalse();
    }

    private static final class Store implements SecretStore {

        private String value = "old";
        private boolean isOut;
        private int readings;
        private Runnable meanwhile = () -> {};

        @Override
        public String read(SecretName name) {
            readings++;
            meanwhile.run();
            if (isOut) {
                throw new SecretUnavailableException("out");
            }
            return value;
        }
    }
}
