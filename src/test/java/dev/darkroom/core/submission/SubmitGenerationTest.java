package dev.darkroom.core.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TraceParent;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.core.webhook.WebhookTarget;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubmitGenerationTest {

    private static final ApiKeyId KEY = new ApiKeyId("0123456789abcdef");

    private final CoreFixture core = new CoreFixture();

    @Test
    void aRequestIsStoredAndSubmittedAndTriggersASweep() {
        var generation = core.submitted("a cat");

        assertThat(core.row(generation).state()).isInstanceOf(State.Processing.class);
        assertThat(core.provider.submissions())
                .containsExactly(
                        "wavespeed-ai/imagen4 {\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\",\"num_images\":1}");
        assertThat(core.triggers).extracting(Generation::id).containsExactly(generation.id());
    }

    @Test
    void aRowHasTheTraceOfItsRequest() {
        var trace = TraceParent.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        var traced = TraceParent.within(trace, () -> core.submitted("a cat"));

        assertThat(core.row(traced).request().callersTrace()).isEqualTo(trace);
        assertThat(core.row(core.submitted("a dog")).request().callersTrace()).isEmpty();
    }

    @Test
    void theRowIsWrittenAndClaimedBeforeTheProviderIsCalled() {
        core.provider.beforeAnswering(() -> assertThat(core.store.all())
                .singleElement()
                .satisfies(row -> assertThat(row.state().status()).isEqualTo(Status.SUBMITTING)));

        core.submitted("a cat");

        assertThat(core.events.written()).containsExactly(Status.SUBMITTING, Status.PROCESSING);
    }

    @Test
    void secondSubmitWithTheSameKeyReturnsTheFirstGeneration() {
        var first = CoreFixture.accepted(core.submission("a cat", Optional.of("key")));

        var second = CoreFixture.accepted(core.submission("a cat", Optional.of("key")));

        assertThat(second).isEqualTo(first);
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void theSameKeyForAnotherRequestIsRefused() {
        var first = CoreFixture.accepted(core.submission("a cat", Optional.of("key")));

        var second = core.submission("a dog", Optional.of("key"));

        assertThat(second).isEqualTo(new Submission.KeyReused());
        assertThat(core.store.all()).containsExactly(core.row(first));
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void aDefaultThatIsSpeltOutIsTheSameRequest() {
        var first = CoreFixture.accepted(core.submission("a cat", Optional.of("key")));

        var second = core.submit.submit(new Command(
                CoreFixture.OWNER,
                CoreFixture.MODEL,
                "{\"num_images\": 1.0, \"prompt\": \"a cat\"}",
                Optional.of(new IdempotencyKey("key")),
                Optional.empty()));

        assertThat(second).isEqualTo(new Submission.Stored(first, Optional.empty(), Notices.NONE, true));
    }

    @Test
    void anUnknownModelIsRefusedWithASuggestion() {
        var submission = core.submit.submit(new Command(
                CoreFixture.OWNER, "wavespeed-ai/imagen5", "{\"prompt\":\"a\"}", Optional.empty(), Optional.empty()));

        assertThat(submission)
                .isEqualTo(new Submission.UnknownModel(
                        "is not in the catalogue; did you mean %s?".formatted(CoreFixture.MODEL)));
        assertThat(core.store.all()).isEmpty();
    }

    @Test
    void badInputIsNeitherStoredNorPaidFor() {
        var submission = core.submission(" ", Optional.empty());

        assertThat(submission).isInstanceOf(Submission.InvalidInput.class);
        assertThat(core.store.all()).isEmpty();
        assertThat(core.provider.submissions()).isEmpty();
        assertThat(core.triggers).isEmpty();
    }

    @Test
    void theSameKeyIsTheSameGenerationThoughItsModelHasAnotherProviderSince() {
        var other = new GenerationRequest(
                new ModelId(CoreFixture.MODEL),
                new ProviderId("another"),
                core.submitted("a cat").request().input());
        var id = GenerationId.derived(CoreFixture.OWNER, new IdempotencyKey("order-1"));
        var before = Generation.queued(id, CoreFixture.OWNER, other, core.clock.instant(), 1);
        core.store.create(before);

        var submission = core.submission("a cat", Optional.of("order-1"));

        assertThat(CoreFixture.accepted(submission)).isEqualTo(before);
    }

    @Test
    void nothingIsSubmittedWhenTheRowCannotBeStored() {
        core.store.setUnavailable(true);

        var submission = core.submission("a cat", Optional.empty());

        // The result has the id, because the row may have been written.
        assertThat(submission).isInstanceOf(Submission.NotStored.class);
        assertThat(core.provider.submissions()).isEmpty();
    }

    @Test
    void aStoredRowIsAnsweredWithItsIdThoughTheNextWriteFails() {
        core.provider.beforeAnswering(() -> core.store.setUnavailable(true));

        var generation = core.submitted("a cat");

        core.store.setUnavailable(false);
        assertThat(core.row(generation).state().status()).isEqualTo(Status.SUBMITTING);
        assertThat(core.events.notStored())
                .singleElement()
                .extracting(Generation::state)
                .isEqualTo(new State.Processing(
                        new PredictionId("prediction-1"), core.clock.instant(), CoreFixture.MODEL));
    }

    private Submission submittedTelling(String address, ApiKeyId apiKey) {
        var target = new WebhookTarget(
                WebhookForm.STANDARD, WebhookTarget.ALL, new WebhookTarget.Address(URI.create(address)));
        return core.submit.submit(new Command(
                        CoreFixture.OWNER,
                        CoreFixture.MODEL,
                        "{\"prompt\":\"a cat\"}",
                        Optional.of(new IdempotencyKey("key")),
                        Optional.empty(),
                        List.of(new DeliverWebhook(target)))
                .sentWith(apiKey));
    }

    @Test
    void aRepeatedRequestOwesItsFurtherWebhookAndNoneThatIsRefused() {
        var row = CoreFixture.accepted(submittedTelling("https://one.example/", KEY));

        var further = CoreFixture.accepted(submittedTelling("https://two.example/", KEY));
        var refused = submittedTelling("https://10.0.0.1/", KEY);

        assertThat(further.id()).isEqualTo(row.id());
        assertThat(refused).isInstanceOf(Submission.InvalidInput.class);
        assertThat(core.row(row).pendingWebhooks()).hasSize(2);
    }

    /** Its webhooks would be signed with the secret of the other key. */
    @Test
    void aRequestThatIsRepeatedWithAnotherKeyAddsNoWebhook() {
        var row = CoreFixture.accepted(submittedTelling("https://one.example/", KEY));
        var other = new ApiKeyId("fedcba9876543210");

        var same = submittedTelling("https://one.example/", other);
        var further = submittedTelling("https://two.example/", other);

        assertThat(CoreFixture.accepted(same).id()).isEqualTo(row.id());
        assertThat(further)
                .isInstanceOfSatisfying(
                        Submission.InvalidInput.class,
                        refusal -> assertThat(refusal.violations())
                                .extracting(Violation::field)
                                .containsExactly("webhook"));
        assertThat(core.row(row).pendingWebhooks()).hasSize(1);
    }

    @Test
    void anEleventhWebhookIsRefused() {
        for (int i = 0; i < 10; i++) {
            CoreFixture.accepted(submittedTelling("https://receiver-%d.example/".formatted(i), KEY));
        }

        assertThat(submittedTelling("https://another.example/", KEY)).isInstanceOf(Submission.InvalidInput.class);
        assertThat(core.store.all())
                .singleElement()
                .satisfies(row -> assertThat(row.pendingWebhooks()).hasSize(10));
    }
}
