package dev.darkroom.core.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.image.ContentType;
import dev.darkroom.core.image.ImageFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GenerationTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final LinkToken TOKEN = new LinkToken("0f".repeat(16));
    private static final ImageFacts FACTS =
            new ImageFacts(9, ContentType.PNG, new ContentHash("0a".repeat(32)), 3, 2, List.of());

    private final Generation accepted = Generation.queued(
            new GenerationId("00000000000000000000000000000001"),
            new Owner("acme"),
            new GenerationRequest(new ModelId("a/b"), new ProviderId("wavespeed"), "{}"),
            NOW,
            3);

    @Test
    void everyChangeMakesTheNextVersion() {
        var submitted = accepted.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2))
                .submitted(new PredictionId("p"), NOW, NOW.plusSeconds(2));

        assertThat(submitted.version()).isEqualTo(3);
    }

    @Test
    void submittingKeepsTheDueTimeBecauseMovingItCostsTwoWrites() {
        var submitted = accepted.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2))
                .submitted(new PredictionId("p"), NOW, NOW.plusSeconds(2));

        assertThat(submitted.dueAt()).isEqualTo(NOW.plusSeconds(2));
    }

    @Test
    void aLateSubmissionIsDueSoonThoughTheOutcomeHadALongTime() {
        var late = accepted.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2))
                .unconfirmed(new State.Unconfirmed(TestClaims.attempt("c", NOW), "HTTP 504"), NOW.plusSeconds(2), NOW)
                .submitted(new PredictionId("p"), NOW, NOW.plusSeconds(2));

        assertThat(late.dueAt()).isEqualTo(NOW.plusSeconds(2));
    }

    @Test
    void onlyTheHolderOfTheClaimMaySayHowTheCallEnded() {
        var claimed = accepted.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2));

        assertThat(claimed.isClaimedBy("c")).isTrue();
        assertThat(claimed.isClaimedBy("other")).isFalse();
        assertThat(claimed.unconfirmed(
                                new State.Unconfirmed(TestClaims.attempt("c", NOW), "HTTP 504"),
                                NOW.plusSeconds(2),
                                NOW)
                        .isClaimedBy("c"))
                .isTrue();
        assertThat(accepted.isClaimedBy("c")).isFalse();
    }

    @Test
    void aTerminalRowNeverChangesAgain() {
        var failed = accepted.failed(new Failure("code", "text"), NOW);

        assertThatIllegalStateException().isThrownBy(() -> failed.failed(new Failure("other", "text"), NOW));
    }

    @Test
    void aRowThatWasNeverSubmittedCanBeCancelled() {
        var refused = accepted.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2))
                .queued(State.Queued.at(4).refused("HTTP 429", NOW), Event.REFUSED.at(NOW));

        assertThat(accepted.cancelled(NOW).state()).isEqualTo(new State.Cancelled(NOW));
        assertThat(refused.cancelled(NOW).state()).isEqualTo(new State.Cancelled(NOW));
        assertThat(refused.cancelled(NOW).failure()).contains(Failure.CANCELLED);
    }

    @Test
    void aRowThatMayBeAtTheProviderCannotBeCancelled() {
        var claimed = accepted.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2));
        var unconfirmed = claimed.unconfirmed(
                new State.Unconfirmed(TestClaims.attempt("c", NOW), "HTTP 504"), NOW.plusSeconds(2), NOW);
        var resubmitted =
                unconfirmed.queued(State.Queued.resubmission(TestClaims.attempt("c", NOW)), Event.RESUBMITTED.at(NOW));
        var submitted = claimed.submitted(new PredictionId("p"), NOW, NOW.plusSeconds(2));

        assertThat(List.of(claimed, unconfirmed, resubmitted, submitted, accepted.cancelled(NOW)))
                .allSatisfy(row -> {
                    assertThat(row.isCancellable()).isFalse();
                    assertThatIllegalStateException().isThrownBy(() -> row.cancelled(NOW));
                });
    }

    @Test
    void whatACancelledRowOwesIsDue() {
        var cancelled = accepted.owing(List.of(task(1))).cancelled(NOW.plusSeconds(9));

        assertThat(cancelled.dueAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(cancelled.owesFollowUps()).isTrue();
    }

    @Test
    void whenTooManyTasksWaitTheOldestIsForgotten() {
        var row = accepted;
        for (int i = 0; i < 12; i++) {
            row = row.withFollowUp(task(i), NOW);
        }

        assertThat(row.followUps())
                .extracting(FollowUp::action)
                .hasSize(10)
                .startsWith(task(2))
                .endsWith(task(11));
    }

    @Test
    void moreThanTenFollowUpsOfAKindAreRefused() {
        var eleven = IntStream.range(0, 11).mapToObj(GenerationTest::task).toList();

        assertThatIllegalArgumentException().isThrownBy(() -> accepted.owing(eleven));
    }

    @Test
    void followUpsChangeNothingOfTheGenerationThatHasEnded() {
        var ended = accepted.owing(List.of(task(1))).failed(new Failure("code", "text"), NOW);

        var tried = ended.withFollowUps(List.of(ended.followUps().getFirst().failed(NOW)));

        assertThat(tried)
                .usingRecursiveComparison()
                .ignoringFields("version", "dueAt", "followUps")
                .isEqualTo(ended);
    }

    private static FollowUp.Action task(int number) {
        return new FollowUp.NotifyTask(new TaskToken("token-" + number));
    }

    @Test
    void aFailureAfterTheSubmissionKeepsThePredictionsId() {
        var prediction = new PredictionId("p");

        var failed = accepted.claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2))
                .submitted(prediction, NOW, NOW.plusSeconds(2))
                .failed(new Failure("code", "text"), NOW);

        assertThat(failed.state()).isEqualTo(new State.Failed(prediction, new Failure("code", "text"), NOW));
    }

    @Test
    void aCompletedGenerationHasAnOutput() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new State.Completed(new PredictionId("p"), List.of(), Duration.ZERO, NOW));
    }

    @Test
    void onlyAGenerationThatHasEndedAndOwesNothingCanBeDeleted() {
        var owing = accepted.owing(List.of(new FollowUp.NotifyTask(new TaskToken("token"))))
                .failed(new Failure("code", "text"), NOW);

        assertThatIllegalStateException().isThrownBy(() -> accepted.deleted(NOW));
        assertThatIllegalStateException().isThrownBy(() -> owing.deleted(NOW));
        assertThat(accepted.failed(new Failure("code", "text"), NOW)
                        .deleted(NOW)
                        .isDeleted())
                .isTrue();
    }

    @Test
    void aDeletionErasesInputMetadataAndDigest() {
        var request = new GenerationRequest(
                        new ModelId("a/b"),
                        new ProviderId("wavespeed"),
                        "{\"a\":1}",
                        1,
                        new Metadata(Map.of("user", "7")))
                .sentAs(RequestDigest.of("a/b", "{\"a\": 1}"));
        var ended = Generation.queued(accepted.id(), accepted.owner(), request, NOW, 3)
                .failed(new Failure("code", "text"), NOW);

        assertThat(ended.deleted(NOW).request())
                .isEqualTo(
                        new GenerationRequest(new ModelId("a/b"), new ProviderId("wavespeed"), "", 1, Metadata.NONE));
    }

    @Test
    void aGenerationIsDeletedOnce() {
        var deleted = accepted.failed(new Failure("code", "text"), NOW).deleted(NOW);

        assertThat(deleted.isDeletable()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> deleted.deleted(NOW));
    }

    @Test
    void aCompletedGenerationOwesACopyOfEachImageAfterWhatItOwedBefore() {
        var task = new FollowUp.NotifyTask(new TaskToken("token"));

        var completed = processing(TOKEN).owing(List.of(task)).completed(completed(3));

        assertThat(completed.followUps())
                .extracting(FollowUp::action)
                .containsExactly(task, new FollowUp.CopyImage(0), new FollowUp.CopyImage(1), new FollowUp.CopyImage(2));
        assertThat(completed.dueAt()).isEqualTo(NOW);
    }

    /** A row that is due already stays where it is in the index. */
    @Test
    void aLateCompletionDoesNotMoveTheDueTime() {
        var late = new State.Completed(
                new PredictionId("p"),
                List.of(new Output("https://a/1.png", false)),
                Duration.ZERO,
                NOW.plusSeconds(9));

        var completed = processing(TOKEN).completed(late);

        assertThat(completed.dueAt()).isEqualTo(NOW.plusSeconds(2));
        assertThat(completed.followUps()).extracting(FollowUp::since).containsExactly(NOW.plusSeconds(9));
    }

    @Test
    void aFailedGenerationOwesNoCopy() {
        assertThat(processing(TOKEN).failed(new Failure("code", "text"), NOW).followUps())
                .isEmpty();
    }

    @Test
    void anImageThatIsKeptAlreadyIsNotCopied() {
        var kept = new Output("", false, new ImageCopy.Kept(FACTS));
        var outputs = List.of(kept, new Output("https://a/1.png", false));

        var completed =
                processing(TOKEN).completed(new State.Completed(new PredictionId("p"), outputs, Duration.ZERO, NOW));

        assertThat(completed.followUps()).extracting(FollowUp::action).containsExactly(new FollowUp.CopyImage(1));
    }

    @Test
    void moreImagesThanAnyModelMakesAreLeftAtTheProvider() {
        var completed = processing(TOKEN).completed(completed(102));

        assertThat(completed.followUps()).hasSize(100);
        assertThat(((State.Completed) completed.state()).outputs().subList(99, 102))
                .extracting(Output::copy)
                .containsExactly(
                        new ImageCopy.AtProvider(),
                        new ImageCopy.NotCopied("only the first 100 images are copied"),
                        new ImageCopy.NotCopied("only the first 100 images are copied"));
    }

    @Test
    void aDeletionOwesTheDeletionOfTheImagesAndKeepsTheToken() {
        var completed = processing(TOKEN).completed(completed(2)).withFollowUps(List.of());

        var deleted = completed.deleted(NOW.plusSeconds(9));

        assertThat(deleted.followUps()).containsExactly(FollowUp.of(new FollowUp.DeleteImages(2), NOW.plusSeconds(9)));
        assertThat(deleted.request().link()).isEqualTo(TOKEN);
    }

    @Test
    void theDeletionOfImagesBeginsAtOnceThoughCopiesAreOwed() {
        var deleted = processing(TOKEN).completed(completed(2)).deleted(NOW);

        assertThat(deleted.dueAt()).isEqualTo(NOW);
    }

    private Generation processing(LinkToken token) {
        var request = accepted.request().keepingImages(token);
        return Generation.queued(accepted.id(), accepted.owner(), request, NOW, 1)
                .claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2))
                .submitted(new PredictionId("p"), NOW, NOW.plusSeconds(2));
    }

    private static State.Completed completed(int images) {
        var outputs = IntStream.range(0, images)
                .mapToObj(number -> new Output("https://a/%d.png".formatted(number), false))
                .toList();
        return new State.Completed(new PredictionId("p"), outputs, Duration.ZERO, NOW);
    }

    /** The follow-ups of an ended row wait for its copies. */
    @Test
    void theTimeLimitsOfFollowUpsBeginWhenThePostponedRowIsDue() {
        var ended = accepted.owing(List.of(new FollowUp.NotifyTask(new TaskToken("token"))))
                .failed(new Failure("code", "text"), NOW);

        var postponed = ended.postponed(NOW.plusSeconds(60));

        assertThat(postponed.dueAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(postponed.version()).isEqualTo(ended.version() + 1);
        assertThat(postponed.followUps())
                .containsExactly(FollowUp.of(new FollowUp.NotifyTask(new TaskToken("token")), NOW.plusSeconds(60)));
    }

    @Test
    void whatWasSentIsTheSameRequestWhateverDrawsIt() {
        var drawn = accepted.request().sentAs(RequestDigest.of("a/b", "{}"));
        var other = new GenerationRequest(new ModelId("c/d"), new ProviderId("wavespeed"), "{\"e\":1}");

        assertThat(other.sentAs(RequestDigest.of("a/b", "{}")).isSameAs(drawn)).isTrue();
        assertThat(other.sentAs(RequestDigest.of("a/b", "{ }")).isSameAs(drawn)).isFalse();
        assertThat(other.sentAs(RequestDigest.of("a/b{", "}")).isSameAs(drawn)).isFalse();
        assertThat(other.isSameAs(accepted.request())).isFalse();
    }

    @Test
    void metadataMakesNoOtherRequest() {
        var noted = new GenerationRequest(
                new ModelId("a/b"), new ProviderId("wavespeed"), "{}", 1, new Metadata(Map.of("user", "7")));

        assertThat(noted.isSameAs(accepted.request())).isTrue();
    }
}
