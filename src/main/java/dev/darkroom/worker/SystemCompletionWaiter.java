package dev.darkroom.worker;

import dev.darkroom.core.waiting.CompletionWaiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Waits in real time. */
public record SystemCompletionWaiter(InstantSource clock) implements CompletionWaiter {

    @Override
    public <T> Optional<T> await(BlockingQueue<T> queue, Instant until) throws InterruptedException {
        if (until.equals(Instant.MAX)) {
            return Optional.of(queue.take());
        }
        var millis = Duration.between(clock.instant(), until).toMillis();
        return Optional.ofNullable(queue.poll(millis, TimeUnit.MILLISECONDS));
    }
}
