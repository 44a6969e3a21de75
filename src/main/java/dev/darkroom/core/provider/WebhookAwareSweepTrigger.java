package dev.darkroom.core.provider;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.SweepTrigger;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * Triggers no sweep for a call in flight whose provider sends a webhook: the webhook comes when the image is ready.
 */
public record WebhookAwareSweepTrigger(SweepTrigger trigger, ImageProviders providers) implements SweepTrigger {

    @Override
    public void triggerFor(Generation row) {
        if (!waitsForWebhook(row)) {
            trigger.triggerFor(row);
        }
    }

    @Override
    public void triggerForAll(Collection<Generation> rows) {
        trigger.triggerForAll(rows.stream().filter(row -> !waitsForWebhook(row)).toList());
    }

    @Override
    public void triggerAfterWebhook(Generation row) {
        trigger.triggerAfterWebhook(row);
    }

    @Override
    public void trigger(DueIndexPartition partition) {
        trigger.trigger(partition);
    }

    @Override
    public void handOver(DueIndexPartition partition) {
        trigger.handOver(partition);
    }

    @Override
    public <T> T triggerBeside(Generation row, Supplier<T> call) {
        return waitsForWebhook(row) ? call.get() : trigger.triggerBeside(row, call);
    }

    private boolean waitsForWebhook(Generation row) {
        return row.isInFlight()
                && providers.callbackFor(row.provider(), row.id()).isPresent();
    }
}
