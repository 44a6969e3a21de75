package dev.darkroom.core.queue;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.store.GenerationContext;
import java.time.Duration;
import java.time.Instant;

/** Reports how long the queue is and how old its oldest request, once a minute while any waits. */
final class QueueGauge {

    private static final Duration EVERY = Duration.ofMinutes(1);

    private final ProviderId provider;
    private final GenerationContext context;
    private Instant nextAt = Instant.MIN;

    QueueGauge(ProviderId provider, GenerationContext context) {
        this.provider = provider;
        this.context = context;
    }

    void observe(WaitingRows waiting, QueueSteps queue) {
        var now = context.now();
        var oldest = waiting.oldest();
        if (oldest.isPresent() && !now.isBefore(nextAt)) {
            nextAt = now.plus(EVERY);
            int length = Math.max(queue.queueLength(), waiting.size());
            context.listener().queueObserved(provider, length, Duration.between(oldest.get(), now));
        }
    }
}
