package dev.darkroom.core.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.jsonschema.UnknownParameters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that is sent again under its key is one generation, whatever has become of its model meanwhile. */
class ChangedCatalogueTest {

    private static final String DRAWING = "google/nano-banana-2/text-to-image";
    private static final String ALIAS = "house/best";
    private static final String BODY = "{\"prompt\": \"a cat\", \"resolution\": \"4k\"}";

    private final CoreFixture core = new CoreFixture();

    private SubmitGeneration under(String aliases) {
        var catalogue = new JsonSchemaCatalogue(aliases, UnknownParameters.REFUSE);
        var claims = new Claims(CoreFixture.TIMEOUTS, core::unique);
        return new SubmitGeneration(
                core.context,
                catalogue,
                new PaidCall(core.context, core.providers, core.admissions, claims),
                core.admissions,
                () -> new GenerationId(core.unique()));
    }

    private static Command command(String model, String body, FollowUp.Action... followUps) {
        var key = Optional.of(new IdempotencyKey("key"));
        return new Command(CoreFixture.OWNER, model, body, key, Optional.empty(), List.of(followUps));
    }

    private Generation first() {
        return CoreFixture.accepted(under(ALIAS + "=" + DRAWING).submit(command(ALIAS, BODY)));
    }

    /** The alias leads to a model that takes the same, to one that does not, or is gone. */
    @ParameterizedTest
    @ValueSource(strings = {ALIAS + "=google/nano-banana-pro/text-to-image", ALIAS + "=bytedance/seedream-v4.5", ""})
    void theSameRequestIsTheSameGenerationAfterItsAliasHasChanged(String aliases) {
        var first = first();

        var again = under(aliases).submit(command(ALIAS, BODY));

        assertThat(CoreFixture.accepted(again)).isEqualTo(first);
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void theSameRequestIsTheSameGenerationAfterItsAliasIsRemovedInFrontOfAModel() {
        var body = "{\"prompt\": \"a cat\"}";
        var first =
                CoreFixture.accepted(under(CoreFixture.MODEL + "=" + DRAWING).submit(command(CoreFixture.MODEL, body)));

        var again = under("").submit(command(CoreFixture.MODEL, body));

        assertThat(CoreFixture.accepted(again)).isEqualTo(first);
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void anotherRequestUnderTheKeyIsRefusedAsBefore() {
        first();
        var other = command(ALIAS, "{\"prompt\": \"a dog\"}");

        assertThat(under(ALIAS + "=bytedance/seedream-v4.5").submit(other)).isEqualTo(new Submission.KeyReused());
        assertThat(under("").submit(other)).isInstanceOf(Submission.UnknownModel.class);
    }

    @Test
    void aTaskThatRepeatsItsStartWaitsForTheGeneration() {
        var first = first();
        var task = new FollowUp.NotifyTask(new TaskToken("task"));

        under("").submit(command(ALIAS, BODY, task));

        assertThat(core.row(first).owes(task)).isTrue();
    }

    /** Whether the request was stored is not known then, so it must not be called wrong. */
    @Test
    void aTableThatDoesNotAnswerDecidesNothing() {
        var first = first();
        core.store.setUnavailable(true);

        assertThat(under("").submit(command(ALIAS, BODY)))
                .isInstanceOfSatisfying(
                        Submission.NotStored.class,
                        notStored -> assertThat(notStored.id()).isEqualTo(first.id()));
    }
}
