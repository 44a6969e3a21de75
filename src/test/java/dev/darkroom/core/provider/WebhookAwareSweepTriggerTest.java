package dev.darkroom.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.store.SweepTrigger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookAwareSweepTriggerTest {

    private final CoreFixture core = new CoreFixture();
    private final List<Object> triggered = new ArrayList<>();
    private final SweepTrigger recorded = new SweepTrigger() {
        @Override
        public void triggerFor(Generation row) {
            triggered.add(row.id());
        }

        @Override
        public void trigger(DueIndexPartition partition) {
            triggered.add(partition);
        }
    };

    private SweepTrigger trigger(Optional<URI> gateway) {
        return new WebhookAwareSweepTrigger(
                recorded, ImageProviders.of(List.of(core.provider), new CallbackUrl(gateway)));
    }

    private static Optional<URI> publicUrl() {
        return Optional.of(URI.create("https://images.example.com"));
    }

    @Test
    void aCallInFlightWhoseWebhookWillComeNeedsNoSweep() {
        core.provider.sendsWebhooks((_, _) -> new ProviderWebhook.Disabled());
        var row = core.processing();

        var answer = trigger(publicUrl()).triggerBeside(row, () -> "sent");

        assertThat(answer).isEqualTo("sent");
        assertThat(triggered).isEmpty();
    }

    @Test
    void aProviderWithoutWebhooksIsPolledThoughTheGatewayHasAPublicUrl() {
        var row = core.processing();

        trigger(publicUrl()).triggerBeside(row, () -> "sent");

        assertThat(triggered).containsExactly(row.id());
    }

    @Test
    void withoutAPublicUrlTheProviderIsPolled() {
        core.provider.sendsWebhooks((_, _) -> new ProviderWebhook.Disabled());
        var row = core.processing();

        trigger(Optional.empty()).triggerFor(row);

        assertThat(triggered).containsExactly(row.id());
    }

    @Test
    void aRowWhoseWebhookCouldNotBeAppliedIsSwept() {
        core.provider.sendsWebhooks((_, _) -> new ProviderWebhook.Disabled());
        var row = core.processing();

        trigger(publicUrl()).triggerAfterWebhook(row);

        assertThat(triggered).containsExactly(row.id());
    }

    @Test
    void ofSeveralRowsOnlyThoseThatWaitForAWebhookAreLeftOut() {
        var queued = core.stored("a cat");
        core.provider.sendsWebhooks((_, _) -> new ProviderWebhook.Disabled());
        var inFlight = core.processing();

        trigger(publicUrl()).triggerForAll(List.of(inFlight, queued));

        assertThat(triggered).containsExactly(queued.id());
    }

    @Test
    void whatNoWebhookEndsIsSweptInAnyCase() {
        core.provider.sendsWebhooks((_, _) -> new ProviderWebhook.Disabled());
        var ended = core.processing()
                .withFollowUp(new FollowUp.NotifyTask(new TaskToken("task")), core.clock.instant())
                .failed(new Failure("code", "text"), core.clock.instant());
        var trigger = trigger(publicUrl());

        trigger.triggerFor(ended);
        trigger.trigger(new Shard(0));

        assertThat(triggered).containsExactly(ended.id(), new Shard(0));
    }
}
