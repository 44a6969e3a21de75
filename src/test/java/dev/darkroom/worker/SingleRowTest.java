package dev.darkroom.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.archive.ImageRetention;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.step.Timeouts;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.http.GatewayAddress;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The poll of a state machine, which waits for 60 s at most. */
class SingleRowTest {

    private final CoreFixture core = new CoreFixture().keepingImages();
    private final SingleRow singleRow = new SingleRow(
            new ReadGeneration(core.store, core.admissions),
            core.advance,
            core.context,
            new GenerationViews(
                    new GatewayAddress(Optional.empty(), Optional.empty()),
                    Timeouts.DEFAULTS,
                    new ImageRetention(Duration.ofDays(30), core.clock)));

    @Test
    void aRowThatHasEndedIsAnsweredWithoutACopyOfItsImages() {
        var row = core.submitted("a cat");
        core.clock.advance(Duration.ofSeconds(4));
        core.advance.advance(row);
        assertThat(core.row(row).owesFollowUps()).isTrue();

        var answer = singleRow.advance(row.id());

        assertThat(answer.path("status").textValue()).isEqualTo("completed");
        assertThat(core.images.fetched()).isEmpty();
    }

    @Test
    void theSweepIsTriggeredForTheImagesOfARowThatItsPollCompletes() {
        var row = core.submitted("a cat");
        core.clock.advance(Duration.ofSeconds(4));
        core.triggers.clear();

        singleRow.advance(row.id());

        assertThat(core.triggers).extracting(Generation::id).containsExactly(row.id());
        assertThat(core.images.fetched()).isEmpty();
    }
}
