package dev.darkroom.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.darkroom.core.TestClock;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.followup.FollowUpResult;
import dev.darkroom.core.followup.FollowUpResult.Delivered;
import dev.darkroom.core.followup.FollowUpResult.NoRoom;
import dev.darkroom.core.webhook.DeliveryAttempt;
import dev.darkroom.worker.SystemCompletionWaiter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Receivers that hang, beside one that does not. */
class DeliveryRoomTest {

    private static final FollowUpResult DELIVERED =
            new Delivered(new DeliveryAttempt(Instant.EPOCH, 204, Duration.ofMillis(5), ""));

    private static final ApiKeyId KEY = new ApiKeyId("0123456789abcdef");

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    /** So short that a test need not wait for each receiver that hangs. */
    private final DeliveryRoom room = room(Duration.ofMillis(1));

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void end() {
        released.countDown();
        executor.close();
    }

    private DeliveryRoom room(Duration patience) {
        var clock = new TestClock();
        return new DeliveryRoom(executor, new SystemCompletionWaiter(clock), clock, patience);
    }

    private FollowUpResult attempt(String id, String host, Supplier<FollowUpResult> attempt) {
        return attempt(room, id, host, attempt);
    }

    private static FollowUpResult attempt(DeliveryRoom room, String id, String host, Supplier<FollowUpResult> attempt) {
        return room.attempt(new DeliveryRoom.Key(id, Instant.EPOCH, 0), new Receiver.Host(KEY, host), attempt);
    }

    private FollowUpResult hang(String id, String host) {
        return attempt(id, host, this::hang);
    }

    private FollowUpResult hang() {
        begun.incrementAndGet();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return DELIVERED;
    }

    @Test
    void aReceiverThatAnswersAtOnceNeedsOneStep() {
        var patient = room(Duration.ofSeconds(20));

        assertThat(attempt(patient, "1", "a.example", () -> DELIVERED)).isEqualTo(DELIVERED);
    }

    @Test
    void aHangingReceiverIsLeftAndItsResultIsTakenLater() {
        assertThat(hang("1", "a.example")).isInstanceOf(NoRoom.class);

        released.countDown();

        await().until(() -> hang("1", "a.example").equals(DELIVERED));
        assertThat(begun).hasValue(1);
    }

    @Test
    void aHostHasTwentyPlacesAndOthersHaveTheirOwn() {
        for (int i = 0; i < 30; i++) {
            assertThat(hang("hanging " + i, "slow.example")).isInstanceOf(NoRoom.class);
        }

        await().until(() -> attempt("good", "good.example", () -> DELIVERED).equals(DELIVERED));

        await().until(() -> begun.get() == 20);
    }

    /** While many hang, a step waits for no receiver at all, and a healthy one is told nevertheless. */
    @Test
    void aHundredHangingReceiversKeepNoOtherFromBeingTold() {
        for (int i = 0; i < 100; i++) {
            hang("hanging " + i, "slow-%d.example".formatted(i));
        }

        await().until(() -> attempt("good", "good.example", () -> DELIVERED).equals(DELIVERED));

        await().until(() -> begun.get() == 100);
    }

    @Test
    void aProcessHasFiveHundredPlacesAndAKeyHalfOfThem() {
        for (int key = 0; key < 3; key++) {
            for (int i = 0; i < 260; i++) {
                var host = new Receiver.Host(new ApiKeyId("%016x".formatted(key)), "slow-%d.example".formatted(i));
                room.attempt(new DeliveryRoom.Key("%d %d".formatted(key, i), Instant.EPOCH, 0), host, this::hang);
            }
            int places = Math.min(500, (key + 1) * 250);
            await().until(() -> begun.get() == places);
        }

        assertThat(attempt("good", "good.example", () -> DELIVERED)).isInstanceOf(NoRoom.class);
        released.countDown();

        await().until(() -> attempt("good", "good.example", () -> DELIVERED).equals(DELIVERED));
    }

    @Test
    void rowsThatWaitForAHostComeBackOneAfterTheOther() {
        for (int i = 0; i < 20; i++) {
            hang("hanging " + i, "slow.example");
        }

        var turns = IntStream.range(0, 50)
                .mapToObj(i -> ((NoRoom) hang("waiting " + i, "slow.example")).nextAt())
                .toList();

        assertThat(turns).doesNotHaveDuplicates().isSorted();
        assertThat(Duration.between(turns.getFirst(), turns.getLast())).isEqualTo(Duration.ofMillis(49 * 20));
    }

    @Test
    void anErrorIsAResultAndItsPlaceIsFreeAgain() {
        for (int i = 0; i < 30; i++) {
            var id = "broken " + i;
            await().untilAsserted(() -> assertThatExceptionOfType(OutOfMemoryError.class)
                    .isThrownBy(() -> attempt(id, "a.example", () -> {
                        throw new OutOfMemoryError("by a test");
                    })));
        }

        await().until(() -> attempt("good", "a.example", () -> DELIVERED).equals(DELIVERED));
    }
}
