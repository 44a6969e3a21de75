package dev.darkroom.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.domain.Attempt;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.State;
import dev.darkroom.domain.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The outcome of the paid call is unknown, and the provider's history is searched for it. */
class ReconcileTest {

    private static final PredictionId ONE = new PredictionId("one");
    private static final PredictionId OTHER = new PredictionId("other");

    private final Core core = new Core();

    @Test
    void whatIsFoundIsAdopted() {
        var row = unconfirmed();
        core.provider.willFind(new SearchOutcome.Found(List.of(ONE)));

        core.advance.advance(row);

        assertThat(core.row(row).state()).isEqualTo(new State.Processing(ONE, core.clock.instant()));
        assertThat(core.events.adopted()).containsExactly(row.id());
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void itIsSearchedForWhereItWasSentThoughTheModelIsGone() {
        var attempt = new Attempt("c", core.clock.instant(), "vendor/before");
        var request = new GenerationRequest(new ModelId("gone/model"), "{}");
        var now = core.clock.instant();
        var row = new Generation(
                new GenerationId(core.unique()), Core.CALLER, request, now, 3, now, new State.Unconfirmed(attempt, ""));
        core.store.create(row);
        core.provider.willFind(new SearchOutcome.Found(List.of(ONE)));

        core.advance.advance(row);

        assertThat(core.row(row).isSubmittedAs(ONE)).isTrue();
        assertThat(core.provider.searched())
                .extracting(ImageProvider.Search::upstreamPath)
                .containsExactly("vendor/before");
    }

    @Test
    void aMatchInAPartOfTheHistoryIsAdopted() {
        var row = unconfirmed();
        core.provider.willFind(new SearchOutcome.Found(List.of(ONE), false, 0));

        core.advance.advance(row);

        assertThat(core.row(row).isSubmittedAs(ONE)).isTrue();
    }

    @Test
    void thatOnlySimilarOnesWereFoundIsReported() {
        var row = unconfirmed();
        core.provider.willFindFarAway(new SearchOutcome.Found(List.of(), true, 2));

        core.advance.advance(row);

        assertThat(core.events.onlySimilar()).containsExactly(row.id());
    }

    @Test
    void whatIsNotNearIsLookedForFarther() {
        var row = unconfirmed();
        core.provider.willFindFarAway(new SearchOutcome.Found(List.of(ONE)));

        core.advance.advance(row);

        assertThat(core.row(row).isSubmittedAs(ONE)).isTrue();
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

        assertThat(core.row(first).isSubmittedAs(ONE)).isTrue();
        assertThat(core.row(second).isSubmittedAs(OTHER)).isTrue();
    }

    @Test
    void aPredictionThatAnotherRowWasToldOfIsNotAdopted() {
        var told = core.submitted("a cat");
        var row = unconfirmed();
        core.provider.willFind(new SearchOutcome.Found(List.of(new PredictionId("prediction-1"))));

        core.advance.advance(row);

        assertThat(core.row(row).state().status()).isEqualTo(Status.UNCONFIRMED);
        assertThat(core.row(told).isSubmittedAs(new PredictionId("prediction-1")))
                .isTrue();
    }

    @Test
    void aRowWhoseOwnPredictionWasAdoptedByAnotherLooksForTheOthers() {
        // Two rows with the same input: the second is told of a prediction that the first has just adopted.
        var first = unconfirmed();
        core.provider.beforeAnswering(() -> {
            core.provider.beforeAnswering(() -> {});
            core.provider.willFind(new SearchOutcome.Found(List.of(new PredictionId("prediction-2"))));
            core.advance.advance(first);
        });

        var second = core.submitted("a cat");
        core.provider.willFind(new SearchOutcome.Found(List.of(new PredictionId("prediction-2"), ONE)));
        core.advance.advance(core.row(second));

        assertThat(core.row(first).isSubmittedAs(new PredictionId("prediction-2")))
                .isTrue();
        assertThat(core.row(second).isSubmittedAs(ONE)).isTrue();
    }

    @Test
    void whatARowTookThatGotAnotherPredictionIsAdopted() {
        var other = core.submitted("a cat");
        core.store.take(ONE, other.id(), Optional.empty());
        var row = unconfirmed();
        core.provider.willFind(new SearchOutcome.Found(List.of(ONE)));

        core.advance.advance(row);

        assertThat(core.row(row).isSubmittedAs(ONE)).isTrue();
    }

    @Test
    void whatARowTookThatDoesNotKnowItsPredictionYetIsLeftToIt() {
        var other = unconfirmed();
        core.store.take(ONE, other.id(), Optional.empty());
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
    void onlyWhoAllowsItHasARowSubmittedOnceMore() throws InterruptedException {
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
    void aListThatIsTooLongDoesNotSayThatThereIsNothing() {
        var allowing = allowing();
        allowing.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        allowing.provider.willFindFarAway(new SearchOutcome.Found(List.of(), false, 0));
        var row = allowing.submitted("a cat");

        allowing.clock.advance(Duration.ofHours(1));
        allowing.advance.advance(row);

        assertThat(allowing.row(row).state().status()).isEqualTo(Status.UNCONFIRMED);
    }

    /** Half an hour after the call a row is submitted again if nothing was found. */
    private static Core allowing() {
        return new Core(Core.resubmittingAfter(Optional.of(Duration.ofMinutes(30))));
    }

    private Generation unconfirmed() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        return core.submitted("a cat");
    }
}
