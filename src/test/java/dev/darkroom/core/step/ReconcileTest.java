package dev.darkroom.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.Attempt;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.store.GenerationStore.PredictionClaim;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The outcome of a paid call is unknown, and the provider's history is searched for its prediction. */
class ReconcileTest {

    private static final PredictionId ONE = new PredictionId("one");
    private static final PredictionId OTHER = new PredictionId("other");

    private final CoreFixture core = new CoreFixture();

    @Test
    void whatIsFoundIsAdopted() {
        var row = unconfirmed();
        core.provider.willFind(new SearchOutcome.Found(List.of(ONE)));

        core.advance.advance(row);

        assertThat(core.row(row).state()).isEqualTo(new State.Processing(ONE, core.clock.instant(), CoreFixture.MODEL));
        assertThat(core.events.adopted()).containsExactly(row.id());
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void thePathOfThePaidCallIsSearchedThoughTheModelWasRemoved() {
        var attempt = new Attempt("c", core.clock.instant(), "vendor/before");
        var request = new GenerationRequest(new ModelId("gone/model"), new ProviderId("wavespeed"), "{}");
        var now = core.clock.instant();
        var row = new Generation(
                new GenerationId(core.unique()),
                CoreFixture.OWNER,
                request,
                now,
                3,
                now,
                new State.Unconfirmed(attempt, ""));
        core.store.create(row);
        core.provider.willFind(new SearchOutcome.Found(List.of(ONE)));

        core.advance.advance(row);

        assertThat(core.row(row).hasPrediction(ONE)).isTrue();
        assertThat(core.provider.searched())
                .extracting(ImageProvider.Search::upstreamPath)
                .containsExactly("vendor/before");
    }

    @Test
    void withoutAHistoryNothingIsSentAgainThoughResubmissionIsAllowed() {
        var resubmitting = new CoreFixture(CoreFixture.resubmittingAfter(Optional.of(Duration.ofMinutes(10))));
        resubmitting.provider.willAnswerSubmit(new SubmitOutcome.Unknown("504"));
        var row = resubmitting.submitted("a cat");
        resubmitting.provider.willFind(new SearchOutcome.NoHistory());
        resubmitting.clock.advance(Duration.ofHours(1));

        var result = resubmitting.advance.advance(resubmitting.row(row));

        assertThat(resubmitting.row(row).state().status()).isEqualTo(Status.UNCONFIRMED);
        assertThat(result.nextCheckAt()).isPresent();
        assertThat(resubmitting.events.resubmitted()).isEmpty();
    }

    @Test
    void aMatchInAPartOfTheHistoryIsAdopted() {
        var row = unconfirmed();
        core.provider.willFind(new SearchOutcome.Found(List.of(ONE), false, 0));

        core.advance.advance(row);

        assertThat(core.row(row).hasPrediction(ONE)).isTrue();
    }

    @Test
    void aSearchThatFindsOnlySimilarPredictionsIsReported() {
        var row = unconfirmed();
        core.provider.willFindFarAway(new SearchOutcome.Found(List.of(), true, 2));

        core.advance.advance(row);

        assertThat(core.events.onlySimilar()).containsExactly(row.id());
    }

    @Test
    void aWideSearchFollowsANarrowOneWithoutAMatch() {
        var row = unconfirmed();
        core.provider.willFindFarAway(new SearchOutcome.Found(List.of(ONE)));

        core.advance.advance(row);

        assertThat(core.row(row).hasPrediction(ONE)).isTrue();
    }

    @Test
    void aSweepFindsItAndFinishesTheRow() throws InterruptedException {
        var row = unconfirmed();
        core.provider.willFind(new SearchOutcome.Found(List.of()), new SearchOutcome.Found(List.of(ONE)));

        core.sweepFor(Duration.ofMinutes(1));

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.provider.searches()).isEqualTo(2);
    }

    @Test
    void twoRowsNeverAdoptTheSamePrediction() {
        var first = unconfirmed();
        var second = unconfirmed();
        core.provider.willFind(
                new SearchOutcome.Found(List.of(ONE, OTHER)), new SearchOutcome.Found(List.of(ONE, OTHER)));

        core.advance.advance(first);
        core.advance.advance(second);

        assertThat(core.row(first).hasPrediction(ONE)).isTrue();
        assertThat(core.row(second).hasPrediction(OTHER)).isTrue();
    }

    @Test
    void aPredictionOfAnotherRowIsNotAdopted() {
        var submitted = core.submitted("a cat");
        var row = unconfirmed();
        core.provider.willFind(new SearchOutcome.Found(List.of(new PredictionId("prediction-1"))));

        core.advance.advance(row);

        assertThat(core.row(row).state().status()).isEqualTo(Status.UNCONFIRMED);
        assertThat(core.row(submitted).hasPrediction(new PredictionId("prediction-1")))
                .isTrue();
    }

    @Test
    void aRowWhosePredictionWasAdoptedByAnotherRowSearchesForTheOthers() {
        // Two rows have the same input: the search of the second returns a prediction that the first has just adopted.
        var first = unconfirmed();
        core.provider.beforeAnswering(() -> {
            core.provider.beforeAnswering(() -> {});
            core.provider.willFind(new SearchOutcome.Found(List.of(new PredictionId("prediction-2"))));
            core.advance.advance(first);
        });

        var second = core.submitted("a cat");
        core.provider.willFind(new SearchOutcome.Found(List.of(new PredictionId("prediction-2"), ONE)));
        core.advance.advance(core.row(second));

        assertThat(core.row(first).hasPrediction(new PredictionId("prediction-2")))
                .isTrue();
        assertThat(core.row(second).hasPrediction(ONE)).isTrue();
    }

    @Test
    void aPredictionClaimedByARowThatHasAnotherIsAdopted() {
        var other = core.submitted("a cat");
        core.store.claimPrediction(new PredictionClaim(CoreFixture.PROVIDER, ONE, other.id()), Optional.empty());
        var row = unconfirmed();
        core.provider.willFind(new SearchOutcome.Found(List.of(ONE)));

        core.advance.advance(row);

        assertThat(core.row(row).hasPrediction(ONE)).isTrue();
    }

    @Test
    void aPredictionClaimedByARowWithoutOneIsNotAdopted() {
        var other = unconfirmed();
        core.store.claimPrediction(new PredictionClaim(CoreFixture.PROVIDER, ONE, other.id()), Optional.empty());
        var row = unconfirmed();
        core.provider.willFind(new SearchOutcome.Found(List.of(ONE)));

        core.advance.advance(row);

        assertThat(core.row(row).state().status()).isEqualTo(Status.UNCONFIRMED);
    }

    @Test
    void aProviderThatCannotSayIsAskedAgainAndNothingIsSent() {
        var row = unconfirmed();
        core.provider.willFind(new SearchOutcome.Unavailable(Duration.ofSeconds(20), ""));

        var advanced = core.advance.advance(row);

        assertThat(advanced.nextCheckAt()).contains(core.clock.instant().plusSeconds(20));
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void itIsSearchedForAWholeDayLessAndLessOften() throws InterruptedException {
        var row = unconfirmed();

        var nearlyADayLater = core.clock.instant().plus(Duration.ofMinutes(24 * 60 - 15));
        while (core.clock.instant().isBefore(nearlyADayLater)) {
            core.sweepFor(Duration.ofSeconds(50));
            core.clock.advance(Duration.ofMinutes(1));
        }
        core.provider.willFind(new SearchOutcome.Found(List.of(ONE)));
        core.sweepFor(Duration.ofMinutes(10));

        assertThat(core.provider.searches()).isBetween(90, 150);
        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aRowIsResubmittedOnlyWhenTheSettingsAllowIt() throws InterruptedException {
        var allowing = allowing();
        allowing.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        var row = allowing.submitted("a cat");

        allowing.clock.advance(Duration.ofMinutes(29));
        allowing.advance.advance(row);
        assertThat(allowing.row(row).state().status()).isEqualTo(Status.UNCONFIRMED);
        allowing.clock.advance(Duration.ofMinutes(1));
        allowing.advance.advance(allowing.row(row));
        allowing.sweepQueueFor(Duration.ofMinutes(1));

        assertThat(allowing.row(row).state().status()).isEqualTo(Status.PROCESSING);
        assertThat(allowing.provider.submissions()).hasSize(2);
        assertThat(allowing.events.resubmitted()).containsExactly(row.id());
    }

    @Test
    void anIncompleteListDoesNotProveThatThereIsNoPrediction() {
        var allowing = allowing();
        allowing.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        allowing.provider.willFindFarAway(new SearchOutcome.Found(List.of(), false, 0));
        var row = allowing.submitted("a cat");

        allowing.clock.advance(Duration.ofHours(1));
        allowing.advance.advance(row);

        assertThat(allowing.row(row).state().status()).isEqualTo(Status.UNCONFIRMED);
    }

    /** A core that resubmits a row half an hour after its call when the history shows nothing. */
    private static CoreFixture allowing() {
        return new CoreFixture(CoreFixture.resubmittingAfter(Optional.of(Duration.ofMinutes(30))));
    }

    private Generation unconfirmed() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        return core.submitted("a cat");
    }
}
