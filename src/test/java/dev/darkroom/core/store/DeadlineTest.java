package dev.darkroom.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Instant DEADLINE = Instant.parse("2026-11-27T12:00:00Z");

    /** Otherwise what a request does beside its thread would go on after its answer. */
    @Test
    void anotherThreadHasTheDeadlineOfTheOneThatStartedIt() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var seen = Deadline.within(
                    Optional.of(DEADLINE),
                    () -> CompletableFuture.supplyAsync(Deadline::current, Deadline.carriedBy(threads))
                            .join());

            assertThat(seen).contains(DEADLINE);
        }
    }

    @Test
    void aDeadlineHasPassedFromItsTimeOn() {
        var seen = Deadline.within(
                Optional.of(DEADLINE),
                () -> Deadline.hasPassed(DEADLINE) && !Deadline.hasPassed(DEADLINE.minusMillis(1)));

        assertThat(seen).isTrue();
        assertThat(Deadline.hasPassed(DEADLINE)).isFalse();
    }
}
