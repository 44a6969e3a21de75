package dev.darkroom.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.jsonschema.UnknownParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A paid call whose model another deployment removes or redirects is found and completed all the same. */
class ReplacedModelTest {

    private static final Duration WINDOW = Duration.ofMinutes(4);
    private static final PredictionId PREDICTION = new PredictionId("prediction-of-the-row");

    /** What another deployment does to the model of the row. */
    enum Change {
        REMOVED,
        REDIRECTED;

        ModelCatalogue catalogue() {
            return this == REMOVED
                    ? new NoModels()
                    : new JsonSchemaCatalogue(
                            CoreFixture.MODEL + "=google/nano-banana-2/text-to-image", UnknownParameters.REFUSE);
        }
    }

    private record NoModels() implements ModelCatalogue {
        @Override
        public Optional<Model> find(ModelId id) {
            return Optional.empty();
        }

        @Override
        public Collection<ModelId> ids() {
            return List.of();
        }
    }

    private static final class Deployed implements ModelCatalogue {

        private ModelCatalogue current = new JsonSchemaCatalogue();

        @Override
        public Optional<Model> find(ModelId id) {
            return current.find(id);
        }

        @Override
        public Optional<Model> serving(ModelId id, Instant now) {
            return current.serving(id, now);
        }

        @Override
        public Collection<ModelId> ids() {
            return current.ids();
        }
    }

    private final Deployed deployed = new Deployed();
    private final CoreFixture core = new CoreFixture(CoreFixture.TIMEOUTS, CoreFixture.UNLIMITED, deployed);

    @ParameterizedTest
    @EnumSource
    void aPredictionInFlightIsCompletedUnderThePathItWasSentTo(Change change) throws InterruptedException {
        var row = core.submitted("a cat");
        deployed.current = change.catalogue();

        core.sweepFor(WINDOW);

        assertCompleted(row);
        assertThat(core.provider.polledPaths()).containsOnly(CoreFixture.MODEL);
    }

    @ParameterizedTest
    @EnumSource
    void aPaidCallWithAnUnknownOutcomeIsFoundUnderThePathItWasSentTo(Change change) throws InterruptedException {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown("504"));
        core.provider.willFind(new SearchOutcome.Found(List.of(PREDICTION)));
        var row = core.submitted("a cat");
        deployed.current = change.catalogue();

        core.sweepFor(WINDOW);

        assertCompleted(row);
        assertThat(core.row(row).hasPrediction(PREDICTION)).isTrue();
        assertThat(core.provider.searched())
                .extracting(ImageProvider.Search::upstreamPath)
                .containsOnly(CoreFixture.MODEL);
        assertThat(core.provider.searched())
                .extracting(ImageProvider.Search::input)
                .containsOnly(row.request().input());
    }

    /** The process that claimed the row dies, and its claim expires under the next deployment. */
    @ParameterizedTest
    @EnumSource
    void anExpiredClaimIsFoundToo(Change change) throws InterruptedException {
        var row = core.unsent("a cat");
        core.provider.willFind(new SearchOutcome.Found(List.of(PREDICTION)));
        deployed.current = change.catalogue();

        core.sweepFor(WINDOW);

        assertCompleted(row);
    }

    @Test
    void theSameKeyIsTheSameGenerationThoughAnotherModelDrawsItNow() {
        var first = CoreFixture.accepted(core.submission("a cat", Optional.of("key")));
        deployed.current = Change.REDIRECTED.catalogue();

        var again = core.submission("a cat", Optional.of("key"));
        var other = core.submission("a dog", Optional.of("key"));

        assertThat(CoreFixture.accepted(again)).isEqualTo(first);
        assertThat(other).isInstanceOf(Submission.KeyReused.class);
        assertThat(core.provider.submissions()).hasSize(1);
    }

    private void assertCompleted(Generation row) {
        var ended = core.row(row);
        assertThat(ended.state()).isInstanceOf(State.Completed.class);
        assertThat(ended.request()).isEqualTo(row.request());
        assertThat(core.provider.submissions()).hasSizeLessThanOrEqualTo(1);
    }
}
