package dev.darkroom.core.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.DirectExecutor;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.archive.ImageSource.Fetched;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.core.webhook.WebhookTarget;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Beside a row that it polls, the function for few rows does all that others need, but for what is too large. */
class FewRowsFollowUpsTest {

    private static final SweepLimits FEW =
            new SweepLimits(Duration.ofSeconds(15), Duration.ofSeconds(1), 8, 8, 5, true);

    private static final String IMAGE = "https://images.example/1.png";
    private static final String OTHER = "https://images.example/2.png";
    private static final URI RECEIVER = URI.create("https://receiver.example/hook");

    private final CoreFixture core = new CoreFixture();
    private final Sweep few = core.sweepOn(new DirectExecutor(), core.new MovingWaiter(), FEW);

    @Test
    void tasksWebhooksAndCopiesAreDoneWhileAnotherRowIsPolled() throws InterruptedException {
        core.processing();
        core.provider.beforeAnswering(() -> core.provider.willAnswerPoll(new PollOutcome.Running()));
        var target = new WebhookTarget(WebhookForm.STANDARD, WebhookTarget.ALL, new WebhookTarget.Address(RECEIVER));
        var copied = completed(
                List.of(new FollowUp.NotifyTask(new TaskToken("task")), new FollowUp.DeliverWebhook(target)), IMAGE);

        sweep(Duration.ofSeconds(10));

        assertThat(core.row(copied).followUps()).isEmpty();
        assertThat(core.receivers.received).hasSize(1);
        assertThat(core.archive.writes()).isEqualTo(1);
        assertThat(core.handedOver).isEmpty();
    }

    @Test
    void aRowThatIsTooOldEnds() throws InterruptedException {
        var old = core.processing();
        core.clock.advance(CoreFixture.TIMEOUTS.processing());

        sweep(Duration.ofSeconds(10));

        assertThat(core.row(old).state().status()).isEqualTo(Status.FAILED);
        assertThat(core.handedOver).isEmpty();
    }

    @Test
    void aLargeImageIsCopiedByTheLargerFunctionAndNoAttemptIsCounted() throws InterruptedException {
        core.images.answer(OTHER, new Fetched.Outgrown());
        var row = completed(List.of(), IMAGE, OTHER);

        sweep(Duration.ofSeconds(10));

        assertThat(core.handedOver).containsExactly(new Shard(0));
        assertThat(core.row(row).followUps())
                .singleElement()
                .satisfies(owed -> assertThat(owed.action()).isEqualTo(new FollowUp.CopyImage(1)))
                .satisfies(owed -> assertThat(owed.attempts()).isZero());

        core.images.heal(OTHER);
        core.sweepFor(Duration.ofSeconds(10));

        assertThat(core.row(row).followUps()).isEmpty();
        assertThat(((State.Completed) core.row(row).state()).outputs())
                .allSatisfy(output -> assertThat(output.copy()).isInstanceOf(ImageCopy.Kept.class));
    }

    private Generation completed(List<FollowUp.Action> owed, String... urls) {
        var now = core.clock.instant();
        var prediction = new PredictionId("p-" + core.unique());
        var request = new GenerationRequest(
                        new ModelId(CoreFixture.MODEL), CoreFixture.PROVIDER, "{\"prompt\":\"a cat\"}")
                .sentWith(new ApiKeyId("0123456789abcdef"))
                .keepingImages(new LinkToken(core.unique()));
        var outputs = List.of(urls).stream().map(url -> new Output(url, false)).toList();
        var row = new Generation(
                        new GenerationId(core.unique()),
                        CoreFixture.OWNER,
                        request,
                        now,
                        1,
                        now,
                        new State.Processing(prediction, now, CoreFixture.MODEL))
                .owing(owed)
                .completed(new State.Completed(prediction, outputs, Duration.ofSeconds(3), now));
        core.store.create(row);
        return row;
    }

    private void sweep(Duration window) throws InterruptedException {
        few.sweep(List.of(new Shard(0)), List.of(), core.clock.instant().plus(window));
    }
}
