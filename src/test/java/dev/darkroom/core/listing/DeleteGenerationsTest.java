package dev.darkroom.core.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.listing.DeleteGenerations.Deletion;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.ProviderWebhook;
import dev.darkroom.core.step.ReceiveWebhook;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeleteGenerationsTest {

    private static final Owner OTHER = new Owner("other");
    private static final GenerationId NONE = new GenerationId("f".repeat(32));

    private final CoreFixture core = new CoreFixture();
    private final DeleteGenerations delete = new DeleteGenerations(core.context, core.store);

    @Test
    void whatTheCallerWroteAndTheImagesAreGone() {
        var row = completed("a secret cat");

        assertThat(delete(row)).isEqualTo(new Deletion.Deleted(1));

        assertThat(core.row(row).toString()).doesNotContain("secret", "https:");
        assertThat(core.events.deleted()).containsExactly(row.id());
    }

    @Test
    void whatAccountingNeedsRemains() {
        var row = completed("a cat");
        var before = (State.Completed) row.state();

        delete(row);

        var after = core.row(row);
        assertThat(after.owner()).isEqualTo(row.owner());
        assertThat(after.request().model()).isEqualTo(row.request().model());
        assertThat(after.createdAt()).isEqualTo(row.createdAt());
        assertThat(after.state())
                .isEqualTo(new State.Completed(
                        before.predictionId(),
                        List.of(new Output("", false), new Output("", true)),
                        before.inference(),
                        before.finishedAt()));
    }

    @Test
    void aFailedGenerationKeepsItsCodeAndNotItsText() {
        var row = core.stored("a cat").failed(new Failure("content_moderated", "a cat is not allowed"), now());
        core.store.update(row);

        delete(row);

        assertThat(core.row(row).state())
                .isEqualTo(new State.Failed(null, new Failure("content_moderated", ""), now()));
    }

    @Test
    void aDeletedGenerationIsNotFound() {
        var row = completed("a cat");

        delete(row);

        var read = new ReadGeneration(core.store, core.admissions);
        assertThat(read.read(row.id(), CoreFixture.OWNER)).isEmpty();
        assertThat(read.read(row.id())).isEmpty();
    }

    @Test
    void aSecondDeletionCountsNothingAndWritesNothing() {
        var row = completed("a cat");
        delete(row);
        int writes = core.store.writes();

        assertThat(delete(row)).isEqualTo(new Deletion.Deleted(0));
        assertThat(core.store.writes()).isEqualTo(writes);
    }

    @Test
    void anIdThatIsNamedTwiceIsDeletedOnce() {
        var row = completed("a cat");

        assertThat(delete.delete(CoreFixture.OWNER, List.of(row.id(), row.id())))
                .isEqualTo(new Deletion.Deleted(1));
    }

    @Test
    void anotherOwnersGenerationIsTreatedAsOneThatDoesNotExist() {
        var ended = completed("a cat");
        var running = core.submitted("a dog");

        assertThat(delete.delete(OTHER, List.of(NONE))).isEqualTo(new Deletion.Deleted(0));
        assertThat(delete.delete(OTHER, List.of(ended.id(), running.id()))).isEqualTo(new Deletion.Deleted(0));

        assertThat(core.row(ended)).isEqualTo(ended);
        assertThat(core.row(running)).isEqualTo(running);
    }

    @Test
    void nothingIsDeletedIfOneOfThemHasNotEnded() {
        var ended = completed("a cat");
        var running = core.submitted("a dog");

        var deletion = delete.delete(CoreFixture.OWNER, List.of(ended.id(), running.id()));

        assertThat(deletion).isEqualTo(new Deletion.NotEnded(List.of(running.id())));
        assertThat(core.row(ended)).isEqualTo(ended);
        assertThat(core.row(running)).isEqualTo(running);
    }

    /** The workflow's task gets the images from the row. */
    @Test
    void whatAWorkflowHasNotBeenNotifiedOfIsNotDeleted() {
        var row = core.ended(new TaskToken("token"));

        assertThat(delete(row)).isEqualTo(new Deletion.NotEnded(List.of(row.id())));
        assertThat(core.row(row)).isEqualTo(row);
    }

    @Test
    void aTaskThatBeginsToWaitMeanwhileIsNotLost() {
        var row = completed("a cat");
        core.store.beforeUpdate(next -> {
            if (next.isDeleted()) {
                core.store.beforeUpdate(_ -> {});
                core.store.update(row.withFollowUp(new NotifyTask(new TaskToken("token")), now()));
            }
        });

        assertThat(delete(row)).isEqualTo(new Deletion.NotEnded(List.of(row.id())));
        assertThat(core.row(row).owesFollowUps()).isTrue();
    }

    @Test
    void whatAnotherRequestDeletesMeanwhileIsNotCounted() {
        var row = completed("a cat");
        core.store.beforeUpdate(_ -> {
            core.store.beforeUpdate(_ -> {});
            core.store.update(row.withFollowUps(List.of()));
            core.store.update(core.row(row).deleted(core.clock.instant()));
        });

        assertThat(delete(row)).isEqualTo(new Deletion.Deleted(0));
    }

    @Test
    void theKeyOfADeletedGenerationPaysForNothing() {
        var row = CoreFixture.accepted(core.submission("a cat", Optional.of("key")));
        core.store.update(core.row(row).failed(new Failure("code", "text"), now()));
        delete(core.row(row));
        int calls = core.provider.submissions().size();

        assertThat(core.submission("a cat", Optional.of("key"))).isEqualTo(new Submission.Deleted());
        assertThat(core.submission("a dog", Optional.of("key"))).isEqualTo(new Submission.Deleted());

        assertThat(core.provider.submissions()).hasSize(calls);
    }

    @Test
    void aTaskCannotWaitForADeletedGeneration() {
        var first = new TaskToken("first");
        var row = core.row(core.awaited("a cat", first));
        core.store.update(row.failed(new Failure("code", "text"), now()));
        core.store.update(core.row(row).without(List.of(new NotifyTask(first))));
        delete(core.row(row));
        var deleted = core.row(row);

        var second = core.submission(
                CoreFixture.OWNER, "a cat", Optional.of("execution"), new NotifyTask(new TaskToken("second")));

        assertThat(second).isEqualTo(new Submission.Deleted());
        assertThat(core.row(row)).isEqualTo(deleted);
    }

    @Test
    void theWebhookOfADeletedGenerationChangesNothing() {
        var row = completed("a cat");
        delete(row);
        var deleted = core.row(row);
        var prediction = ((State.Completed) row.state()).predictionId();

        var result = new ReceiveWebhook(core.context, core.advance)
                .receive(
                        CoreFixture.PROVIDER,
                        row.id(),
                        new ProviderWebhook.Verified(prediction, new PollOutcome.Running(), _ -> true));

        assertThat(result).isEqualTo(ReceiveWebhook.Result.APPLIED);
        assertThat(core.row(row)).isEqualTo(deleted);
    }

    /** Otherwise another row with the same input could adopt it. */
    @Test
    void aDeletedGenerationKeepsItsPrediction() {
        var row = completed("a cat");

        delete(row);

        assertThat(core.row(row).hasPrediction(((State.Completed) row.state()).predictionId()))
                .isTrue();
    }

    @Test
    void aRowThatCannotBeReadIsReportedAndTheOthersAreDeleted() {
        var damaged = completed("a cat");
        var readable = completed("a dog");
        core.store.damage(damaged.id());

        assertThat(delete.delete(CoreFixture.OWNER, List.of(damaged.id(), readable.id())))
                .isEqualTo(new Deletion.Deleted(1));
        assertThat(core.events.unreadableRows()).containsExactly(damaged.id().value());
    }

    @Test
    void theSweepOfEachRowIsTriggeredWhoseImagesHaveToBeDeleted() {
        core.keepingImages();
        var cat = completed("a cat");
        var dog = completed("a dog");
        core.triggers.clear();

        delete.delete(CoreFixture.OWNER, List.of(cat.id(), dog.id()));

        assertThat(core.triggers).extracting(Generation::id).containsExactlyInAnyOrder(cat.id(), dog.id());
    }

    private Deletion delete(Generation row) {
        return delete.delete(CoreFixture.OWNER, List.of(row.id()));
    }

    private Instant now() {
        return core.clock.instant();
    }

    private Generation completed(String prompt) {
        var submitted = core.submitted(prompt);
        var prediction = ((State.Processing) submitted.state()).predictionId();
        var outputs = List.of(new Output("https://a/1.png", false), new Output("https://a/2.png", true));
        var completed = submitted.completed(new State.Completed(prediction, outputs, Duration.ofSeconds(3), now()));
        core.store.update(completed);
        return completed;
    }
}
