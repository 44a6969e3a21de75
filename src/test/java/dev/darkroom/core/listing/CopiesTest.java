package dev.darkroom.core.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.EventLog.Entry;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.listing.DeleteGenerations.Deletion;
import dev.darkroom.core.listing.ListGenerations.Filter;
import dev.darkroom.core.listing.ListGenerations.Listing;
import dev.darkroom.core.listing.ListGenerations.Query;
import dev.darkroom.core.listing.ListGenerations.Start;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.store.OwnerIndex;
import dev.darkroom.core.store.OwnerIndex.Span;
import dev.darkroom.core.submission.CancelGeneration.Result;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.jsonschema.UnknownParameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A request for four images, which a model draws that makes one at a time, is one generation for its owner. */
class CopiesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String DRAWING = "google/nano-banana-2/text-to-image";

    private final CoreFixture core = new CoreFixture(
            CoreFixture.TIMEOUTS,
            CoreFixture.UNLIMITED,
            new JsonSchemaCatalogue(CoreFixture.MODEL + "=" + DRAWING, UnknownParameters.REFUSE));
    private final ListGenerations list = new ListGenerations(core.store, core.events);
    private final DeleteGenerations delete = new DeleteGenerations(core.context, core.store);
    private final ReadGeneration read = new ReadGeneration(core.store, core.admissions);

    @Test
    void fourRequestsAreListedAsOneGenerationWithFourImages() throws InterruptedException {
        var row = completed();

        assertThat(listed(Filter.NONE)).singleElement().satisfies(listed -> {
            assertThat(listed.id()).isEqualTo(row.id());
            assertThat(((State.Completed) listed.state()).outputs()).hasSize(4);
        });
    }

    @Test
    void theGenerationIsListedAsRunningWhileACopyRuns() throws InterruptedException {
        var row = runningCopy();
        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);

        assertThat(listed(only(Status.PROCESSING))).extracting(Generation::id).containsExactly(row.id());
        assertThat(listed(only(Status.COMPLETED))).isEmpty();
    }

    @Test
    void theIdOfACopyIsTheIdOfNoGeneration() throws InterruptedException {
        var copy = copyOf(completed());

        assertThat(read.read(copy.id(), CoreFixture.OWNER)).isEmpty();
        assertThat(read.read(copy.id())).isEmpty();
        assertThat(core.cancel.cancel(copy.id(), CoreFixture.OWNER)).isEqualTo(new Result.NotFound());
        assertThat(delete(copy.id())).isEqualTo(new Deletion.Deleted(0));

        assertThat(core.row(copy)).isEqualTo(copy);
    }

    @Test
    void aDeletionErasesTheCopiesAndCountsOneGeneration() throws InterruptedException {
        var row = completed();

        assertThat(delete(row.id())).isEqualTo(new Deletion.Deleted(1));

        assertThat(core.store.all()).hasSize(4).allMatch(Generation::isDeleted);
        assertThat(core.store.all().toString()).doesNotContain("a cat", "https:");
        assertThat(core.events.deleted()).containsExactly(row.id());
    }

    /** The other deletion comes between the reads of the originals and of the copies. */
    @Test
    void whatAnotherRequestDeletesBetweenTwoReadsIsNoGenerationAnyMore() throws InterruptedException {
        var row = completed();
        var reads = new AtomicInteger();
        var index = new OwnerIndex() {
            @Override
            public List<OwnerIndex.Entry> entries(Owner owner, Span span, Optional<OwnerIndex.Entry> after, int limit) {
                return core.store.entries(owner, span, after, limit);
            }

            @Override
            public Rows rows(List<GenerationId> ids) {
                if (reads.incrementAndGet() == 2) {
                    delete(row.id());
                }
                return core.store.rows(ids);
            }
        };

        var deletion = new DeleteGenerations(core.context, index).delete(CoreFixture.OWNER, List.of(row.id()));

        assertThat(deletion).isEqualTo(new Deletion.Deleted(0));
    }

    @Test
    void nothingIsErasedWhileACopyRuns() throws InterruptedException {
        var row = runningCopy();

        assertThat(delete(row.id())).isEqualTo(new Deletion.NotEnded(List.of(row.id())));

        assertThat(core.store.all()).noneMatch(Generation::isDeleted);
    }

    @Test
    void whatAnotherRequestDeletesMeanwhileIsNotCounted() throws InterruptedException {
        var row = completed();
        core.store.beforeUpdate(_ -> {
            core.store.beforeUpdate(_ -> {});
            // Otherwise both write the same version.
            core.store.update(core.row(row).withFollowUps(List.of()));
            delete(row.id());
        });

        assertThat(delete(row.id())).isEqualTo(new Deletion.Deleted(0));
    }

    @Test
    void aGenerationWithACopyThatCannotBeReadIsReportedAndStaysAsItIs() throws InterruptedException {
        var row = completed();
        var before = core.row(row);
        var damaged = row.id().copy(2);
        core.store.damage(damaged);

        assertThat(listed(Filter.NONE)).isEmpty();
        assertThat(delete(row.id())).isEqualTo(new Deletion.Deleted(0));

        assertThat(core.row(row)).isEqualTo(before);
        assertThat(core.events.unreadableRows()).containsOnly(damaged.value());
    }

    @Test
    void theEventsOfTheGenerationAreThoseOfItsOwnRow() throws InterruptedException {
        var row = completed();

        var events = read.read(row.id(), CoreFixture.OWNER)
                .orElseThrow()
                .generation()
                .events();

        assertThat(events.entries())
                .extracting(Entry::event)
                .containsExactly(Event.QUEUED, Event.CLAIMED, Event.SUBMITTED, Event.COMPLETED);
    }

    @Test
    void theNotesOfTheCallerAreOnTheGenerationOnly() throws InterruptedException {
        var notes = new Metadata(Map.of("project", "posters"));
        var row = CoreFixture.accepted(core.submit.submit(command().with(notes)));

        core.sweepQueueFor(MINUTE);

        assertThat(listed(new Filter(Optional.empty(), Filter.NONE.statuses(), notes, Span.ALL)))
                .extracting(Generation::id)
                .containsExactly(row.id());
        assertThat(copyOf(row).request().metadata()).isEqualTo(Metadata.NONE);
    }

    /** The generation is as its own row is, and its copies are perhaps not stored yet. */
    @Test
    void theCopiesOfAGenerationWhoseOwnRowRunsAreNotRead() {
        var row = CoreFixture.accepted(core.submit.submit(command()));

        assertThat(listed(Filter.NONE)).extracting(Generation::id).containsExactly(row.id());

        assertThat(core.store.rowReads()).isEqualTo(1);
    }

    /** A page may have hundreds of copies, and each has the input of its generation, up to 256 KB. */
    @Test
    void theRowsOfAGenerationShareOneInputInMemory() throws InterruptedException {
        var row = completed();
        var index = new OwnerIndex() {
            @Override
            public List<OwnerIndex.Entry> entries(Owner owner, Span span, Optional<OwnerIndex.Entry> after, int limit) {
                return core.store.entries(owner, span, after, limit);
            }

            @Override
            public Rows rows(List<GenerationId> ids) {
                var stored = core.store.rows(ids);
                return new Rows(
                        stored.readable().stream().map(CopiesTest::readAgain).toList(), stored.unreadable());
            }
        };

        var read = new GenerationReader(index, core.events).read(CoreFixture.OWNER, List.of(row.id()));

        var generation = read.getFirst();
        assertThat(generation.copies())
                .hasSize(3)
                .allSatisfy(copy -> assertThat(copy.request().input())
                        .isSameAs(generation.original().request().input()));
    }

    /** As a table makes it: with an input of its own. */
    private static Generation readAgain(Generation row) {
        var request = row.request();
        return new Generation(
                row.id(),
                row.owner(),
                new GenerationRequest(
                        request.model(),
                        request.provider(),
                        String.valueOf(request.input().toCharArray()),
                        request.copies(),
                        request.metadata(),
                        request.original(),
                        request.link(),
                        request.digest()),
                row.createdAt(),
                row.version(),
                row.dueAt(),
                row.state(),
                row.followUps(),
                row.events());
    }

    private List<Generation> listed(Filter filter) {
        var query = new Query(CoreFixture.OWNER, filter, new Start.After(Optional.empty()), 10, false);
        return ((Listing.Page) list.list(query)).rows();
    }

    private Generation copyOf(Generation row) {
        return core.store.find(row.id().copy(1)).orElseThrow();
    }

    private static Filter only(Status status) {
        return new Filter(Optional.empty(), Set.of(status), Metadata.NONE, Span.ALL);
    }

    private Deletion delete(GenerationId id) {
        return delete.delete(CoreFixture.OWNER, List.of(id));
    }

    private Generation completed() throws InterruptedException {
        var row = CoreFixture.accepted(core.submit.submit(command()));
        core.sweepQueueFor(MINUTE);
        core.sweepFor(MINUTE);
        return row;
    }

    /** The first prediction is that of the generation's own row, and the third one still runs. */
    private Generation runningCopy() throws InterruptedException {
        core.provider.answerPollsBy(prediction -> Optional.of(prediction)
                .filter(new PredictionId("prediction-3")::equals)
                .map(_ -> new PollOutcome.Running()));
        return completed();
    }

    private static Command command() {
        var body = "{\"prompt\": \"a cat\", \"num_images\": 4}";
        return new Command(CoreFixture.OWNER, CoreFixture.MODEL, body, Optional.empty(), Optional.empty());
    }
}
