package dev.darkroom.core.step;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.FakeImageSource;
import dev.darkroom.core.archive.ImageArchive.Stored;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.archive.ImageSource.Fetched;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.CopyImage;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.inspect.Inspection;
import dev.darkroom.core.step.StepResult.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Copies of images: what the row stores of them, and what one image that cannot be copied does to the others. */
class CopyImagesTest {

    private static final String GOOD = "https://images.example/good.png";
    private static final String BAD = "https://images.example/bad.png";
    private static final ImageBytes PAGE = new ImageBytes("<html>504</html>".getBytes(UTF_8));

    private final CoreFixture core = new CoreFixture().keepingImages();

    @Test
    void aGenerationWithoutATokenIsNotCopied() {
        var other = new CoreFixture();
        var row = other.submitted("a cat");
        other.clock.advance(Duration.ofSeconds(4));

        var ended = other.advance.advance(row).generation();

        assertThat(ended.followUps()).isEmpty();
        assertThat(other.archive.objects()).isEmpty();
    }

    @Test
    void theRowHasTheFactsOfTheImageThatTheArchiveHas() {
        var row = completed(GOOD);

        core.advance.advance(row);

        var kept = core.archive.objects().get(new ImageKey(row.id(), 0).objectName());
        assertThat(kept).isEqualTo(FakeImageSource.imageAt(GOOD));
        var facts = Inspection.of(Objects.requireNonNull(kept)).orElseThrow();
        assertThat(copies(row)).containsExactly(new ImageCopy.Kept(facts));
        assertThat(core.row(row).dueAt()).isNull();
        assertThat(core.events.keptImages()).hasSize(1);
    }

    @Test
    void theOutcomeStaysAsItIs() {
        var row = completed(GOOD);

        core.advance.advance(row);

        assertThat(core.row(row).state())
                .usingRecursiveComparison()
                .ignoringFields("outputs.copy")
                .isEqualTo(row.state());
        assertThat(core.events.written()).isEmpty();
    }

    @Test
    void aSweepCopiesAllImagesAtTheEndOfTheGeneration() throws InterruptedException {
        var row = core.submitted("a cat");

        core.sweepFor(Duration.ofMinutes(1));

        assertThat(copies(row)).hasOnlyElementsOfType(ImageCopy.Kept.class);
    }

    @Test
    void anImageThatCannotBeFetchedIsTriedAgainAndTheOthersAreKept() {
        core.images.answer(BAD, new Fetched.Failed("no answer"));
        var row = completed(GOOD, BAD, GOOD + "?2");

        core.advance.advance(row);

        assertThat(copies(row))
                .extracting(Object::getClass)
                .containsExactly(ImageCopy.Kept.class, ImageCopy.AtProvider.class, ImageCopy.Kept.class);
        assertThat(core.row(row).followUps())
                .containsExactly(new FollowUp(
                        new CopyImage(1),
                        core.clock.instant(),
                        1,
                        core.clock.instant().plusSeconds(2)));
        assertThat(core.events.failedCopies()).containsExactly("no answer");
    }

    @Test
    void aPageInPlaceOfAnImageIsNotKeptButTriedAgain() {
        core.images.answer(BAD, new Fetched.Content(PAGE));
        var row = completed(BAD);

        core.advance.advance(row);
        core.images.heal(BAD);
        core.clock.advance(Duration.ofSeconds(2));
        core.advance.advance(core.row(row));

        assertThat(core.archive.writes()).isEqualTo(1);
        assertThat(copies(row)).hasOnlyElementsOfType(ImageCopy.Kept.class);
    }

    @Test
    void anAddressThatMustNotBeFetchedIsNotCopiedAndTheReasonIsStored() {
        core.images.answer(BAD, new Fetched.NotAllowed("the address is not public"));
        var row = completed(BAD, GOOD);

        core.advance.advance(row);

        assertThat(copies(row).getFirst()).isEqualTo(new ImageCopy.NotAllowed("the address is not public"));
        assertThat(copies(row).getLast()).isInstanceOf(ImageCopy.Kept.class);
        assertThat(core.row(row).dueAt()).isNull();
        assertThat(core.events.imagesNotCopied()).containsExactly("the address is not public");
    }

    @Test
    void whatIsNoAddressIsNotFetched() {
        var row = completed("not an address", GOOD);

        core.advance.advance(row);

        assertThat(copies(row).getFirst())
                .isEqualTo(new ImageCopy.NotAllowed("the provider's address of the image is not valid"));
        assertThat(core.images.fetched()).hasSize(1);
    }

    @Test
    void anArchiveThatIsDownDelaysTheCopyOnly() {
        core.archive.setUnavailable(true);
        var row = completed(GOOD);
        core.advance.advance(row);
        core.archive.setUnavailable(false);
        core.clock.advance(Duration.ofSeconds(2));

        core.advance.advance(core.row(row));

        assertThat(core.events.failedCopies()).containsExactly("the archive is down");
        assertThat(core.events.failedSteps()).isEmpty();
        assertThat(copies(row)).hasOnlyElementsOfType(ImageCopy.Kept.class);
    }

    @Test
    void anImageThatWasStoredBeforeItsProcessDiedIsStoredOnce() {
        var row = completed(GOOD);
        var bytes = FakeImageSource.imageAt(GOOD);
        core.archive.store(
                new ImageKey(row.id(), 0), bytes, Inspection.of(bytes).orElseThrow());

        core.advance.advance(row);

        assertThat(core.archive.writes()).isEqualTo(1);
        assertThat(copies(row))
                .containsExactly(new ImageCopy.Kept(Inspection.of(bytes).orElseThrow()));
    }

    /** The archive keeps the first bytes, so the facts have to be theirs. */
    @Test
    void theFactsAreThoseOfWhatIsStoredThoughTheProviderNowHasOtherBytes() {
        var row = completed(GOOD);
        var first = FakeImageSource.imageAt("another");
        var facts = Inspection.of(first).orElseThrow();
        assertThat(core.archive.store(new ImageKey(row.id(), 0), first, facts)).isInstanceOf(Stored.Written.class);

        core.advance.advance(row);

        assertThat(copies(row)).containsExactly(new ImageCopy.Kept(facts));
    }

    @Test
    void aSlowImageComesAfterTheOthersFromItsSecondAttemptOn() {
        core.images.answer(BAD, new Fetched.Failed("too slow"));
        var row = completed(BAD, GOOD, GOOD + "?2");
        core.images.during(() -> core.clock.advance(Duration.ofSeconds(15)));

        var first = core.advance.advance(row);
        core.advance.advance(first.generation());
        core.advance.advance(core.row(row));

        assertThat(core.images.fetched()).extracting(Object::toString).containsExactly(BAD, GOOD, GOOD + "?2");
        assertThat(first.nextCheckAt())
                .contains(Objects.requireNonNull(row.dueAt()).plusSeconds(15));
    }

    @Test
    void noFurtherAttemptBeginsAfterOneThatTookFiveSeconds() {
        core.images.during(() -> core.clock.advance(Duration.ofSeconds(5)));
        var row = completed(GOOD, GOOD + "?2");

        core.advance.advance(row);

        assertThat(core.images.fetched()).hasSize(1);
        assertThat(copies(row).getFirst()).isInstanceOf(ImageCopy.Kept.class);
    }

    /** Otherwise new images that are slow would hold all of the room for as long as those that have failed. */
    @Test
    void anImageHasFiveSecondsAtFirstAndThenFifteen() {
        core.images.answer(BAD, new Fetched.Failed("too slow"));
        var row = completed(BAD);
        var start = core.clock.instant();
        core.advance.advance(row);
        core.clock.advance(Duration.ofSeconds(2));

        core.advance.advance(core.row(row));

        assertThat(core.images.deadlines()).containsExactly(start.plusSeconds(5), start.plusSeconds(2 + 15));
    }

    /** Such as a video, which would otherwise be fetched some 180 times. */
    @Test
    void whatIsNoImageForADayIsGivenUp() {
        core.images.answer(BAD, new Fetched.Content(PAGE));
        var row = completed(BAD);
        var end = core.clock.instant().plus(Duration.ofDays(1));
        while (core.row(row).dueAt() != null) {
            core.clock.set(Objects.requireNonNull(core.row(row).dueAt()));
            core.advance.advance(core.row(row));
        }

        assertThat(core.clock.instant()).isBetween(end, end.plus(Duration.ofHours(1)));
        assertThat(core.images.fetched()).hasSizeLessThan(40);
        assertThat(copies(row))
                .containsExactly(new ImageCopy.NotCopied(
                        "what the provider's address leads to is not an image of a kept format"));
    }

    @Test
    void aCopyIsAttemptedForSevenDaysAndThenGivenUp() {
        core.images.answer(BAD, new Fetched.Failed("no answer"));
        var row = completed(BAD, GOOD);
        var end = core.clock.instant().plus(Duration.ofDays(7));
        while (core.row(row).dueAt() != null) {
            core.advance.advance(core.row(row));
            var due = core.row(row).dueAt();
            core.clock.set(due == null || due.isAfter(end) ? end : due);
        }

        assertThat(core.clock.instant()).isEqualTo(end);
        assertThat(copies(row).getFirst())
                .isInstanceOfSatisfying(
                        ImageCopy.NotCopied.class,
                        given -> assertThat(given.reason()).contains("attempts failed", "7 days"));
        assertThat(copies(row).getLast()).isInstanceOf(ImageCopy.Kept.class);
        assertThat(core.events.abandoned()).hasSize(1);
        assertThat(core.images.fetched()).hasSizeBetween(150, 200);
    }

    @Test
    void twoDaysBeforeTheEndEachFailureIsReportedAsOverdue() {
        core.images.answer(BAD, new Fetched.Failed("no answer"));
        var row = completed(BAD);
        core.clock.advance(Duration.ofDays(5).minusSeconds(1));
        core.advance.advance(row);
        assertThat(core.events.overdueCopies()).isEmpty();
        core.clock.advance(Duration.ofSeconds(2));

        core.advance.advance(core.row(row));

        assertThat(core.events.overdueCopies())
                .containsExactly(Duration.ofDays(2).minusSeconds(1));
    }

    @Test
    void aTaskIsNotifiedBeforeTheImagesAreCopied() {
        core.images.during(() -> assertThat(core.tasks.answers()).hasSize(1));
        var row = completed(List.of(new NotifyTask(new TaskToken("task"))), GOOD);

        core.advance.advance(row);
        core.advance.advance(core.row(row));

        assertThat(copies(row)).hasOnlyElementsOfType(ImageCopy.Kept.class);
    }

    /** A step that waited for room would take a place of its sweep. */
    @Test
    void aFifthImageAtOnceIsDeferredAndNothingIsWritten() {
        var fifth = completed(GOOD + "?5");
        var results = new ArrayList<StepResult>();
        var nested = new ArrayList<Generation>(Stream.of("?2", "?3", "?4")
                .map(query -> completed(GOOD + query))
                .toList());
        nested.add(fifth);
        core.images.during(() -> {
            if (!nested.isEmpty()) {
                results.add(core.advance.advance(nested.removeFirst()));
            }
        });

        core.advance.advance(completed(GOOD));

        assertThat(results.getFirst().kind()).isEqualTo(Kind.DEFERRED);
        assertThat(results.getFirst().nextCheckAt())
                .contains(core.clock.instant().plusSeconds(3));
        assertThat(core.row(fifth)).isEqualTo(fifth);
        assertThat(core.archive.writes()).isEqualTo(4);
    }

    @Test
    void imagesThatHaveFailedLeaveHalfOfTheRoomToTheOthers() {
        core.images.answer(BAD, new Fetched.Failed("no answer"));
        var failing = Stream.of(1, 2, 3).map(_ -> completed(BAD)).toList();
        failing.forEach(core.advance::advance);
        core.clock.advance(Duration.ofSeconds(2));
        var results = new ArrayList<StepResult>();
        core.images.during(() -> {
            core.images.during(() -> {
                core.images.during(() -> {});
                results.add(core.advance.advance(core.row(failing.get(2))));
                results.add(core.advance.advance(completed(GOOD)));
            });
            core.advance.advance(core.row(failing.get(1)));
        });

        core.advance.advance(core.row(failing.getFirst()));

        assertThat(results).extracting(StepResult::kind).containsExactly(Kind.DEFERRED, Kind.EXECUTED);
        assertThat(core.archive.writes()).isEqualTo(1);
    }

    @Test
    void aDeletedGenerationLosesItsImages() {
        var row = completed(GOOD, GOOD + "?2");
        core.advance.advance(row);
        core.store.update(core.row(row).deleted(core.clock.instant()));

        core.advance.advance(core.row(row));

        assertThat(core.archive.objects()).isEmpty();
    }

    /** A copy that began before the deletion may end after it, even if another one has ended. */
    @Test
    void anImageIsDeletedOnceMoreAfterTwoMinutes() {
        var row = completed(GOOD);
        core.images.during(() -> {
            core.images.during(() -> {});
            core.advance.advance(row);
            core.store.update(core.row(row).deleted(core.clock.instant()));
            core.advance.advance(core.row(row));
        });
        core.advance.advance(row);
        assertThat(core.archive.objects()).hasSize(1);
        assertThat(core.row(row).dueAt()).isEqualTo(core.clock.instant().plus(Duration.ofMinutes(2)));
        core.clock.advance(Duration.ofMinutes(2));

        core.advance.advance(core.row(row));

        assertThat(core.archive.objects()).isEmpty();
        assertThat(core.row(row).dueAt()).isNull();
    }

    @Test
    void aDeletionThatTheArchiveDoesNotAnswerIsRepeated() {
        var row = completed(GOOD);
        core.advance.advance(row);
        core.store.update(core.row(row).deleted(core.clock.instant()));
        core.archive.setUnavailable(true);
        core.advance.advance(core.row(row));
        core.archive.setUnavailable(false);
        core.clock.advance(Duration.ofSeconds(2));

        core.advance.advance(core.row(row));

        assertThat(core.archive.objects()).isEmpty();
        assertThat(core.events.failedDeletions()).containsExactly("the archive is down");
        assertThat(core.events.failedSteps()).isEmpty();
    }

    @Test
    void anImageThatIsStoredDuringItsDeletionIsDeletedAfterwards() {
        var row = completed(GOOD);
        core.images.during(() -> core.store.update(row.deleted(core.clock.instant())));
        core.advance.advance(row);
        assertThat(core.archive.objects()).hasSize(1);
        core.clock.set(Objects.requireNonNull(core.row(row).dueAt()));

        core.advance.advance(core.row(row));

        assertThat(core.archive.objects()).isEmpty();
        assertThat(core.row(row).isDeleted()).isTrue();
        assertThat(core.events.keptImages()).isEmpty();
    }

    private List<ImageCopy> copies(Generation row) {
        return ((State.Completed) core.row(row).state())
                .outputs().stream().map(Output::copy).toList();
    }

    private Generation completed(String... urls) {
        return completed(List.of(), urls);
    }

    /** A row that has just ended with these images. */
    private Generation completed(List<FollowUp.Action> owed, String... urls) {
        var now = core.clock.instant();
        var prediction = new PredictionId("p-" + core.unique());
        var model = new ModelId(CoreFixture.MODEL);
        var request = new GenerationRequest(model, CoreFixture.PROVIDER, "{\"prompt\":\"a cat\"}")
                .keepingImages(new LinkToken(core.unique()));
        var outputs = Stream.of(urls).map(url -> new Output(url, false)).toList();
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
}
