package dev.darkroom.core.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.store.Deadline;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwaitGenerationTest {

    private static final Duration LIMIT = Duration.ofSeconds(25);

    private final CoreFixture core = new CoreFixture();
    private final Instant start = core.clock.instant();
    private final Instant until = start.plus(LIMIT);
    private final Map<Instant, Runnable> events = new HashMap<>();
    private final List<Instant> reads = new ArrayList<>();
    private final List<GenerationId> readRows = new ArrayList<>();
    private final List<Optional<Instant>> deadlines = new ArrayList<>();
    private int readUnits = 1;
    private Duration readTime = Duration.ZERO;
    private final AwaitGeneration await = new AwaitGeneration(
            core.context, this::status, new ReadGeneration(core.store, core.admissions), this::pause);

    @AfterEach
    void leaveTheThreadAsItWas() {
        var _ = Thread.interrupted();
    }

    private StatusReader.Reading status(GenerationId id) {
        reads.add(core.clock.instant());
        readRows.add(id);
        deadlines.add(Deadline.current());
        core.clock.advance(readTime);
        return new StatusReader.Reading(
                core.store.find(id).map(row -> row.state().status()), readUnits);
    }

    /** Moves the clock past all events until then. */
    private void pause(Duration time) throws InterruptedException {
        assertThat(time).isPositive();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        var end = core.clock.instant().plus(time);
        events.entrySet().stream()
                .filter(event -> !event.getKey().isAfter(end))
                .sorted(Map.Entry.comparingByKey())
                .toList()
                .forEach(event -> {
                    events.remove(event.getKey());
                    event.getValue().run();
                });
        core.clock.set(end);
    }

    private void after(Duration time, Runnable event) {
        events.put(start.plus(time), event);
    }

    private static Submission.Stored stored(Generation row) {
        return new Submission.Stored(row, Optional.empty(), Notices.NONE, false);
    }

    private void complete(Generation row) {
        var current = core.row(row);
        core.store.update(current.completed(new State.Completed(
                new PredictionId("p-" + current.id()),
                List.of(new Output("https://images/" + current.id(), false)),
                Duration.ofSeconds(3),
                core.clock.instant())));
    }

    @Test
    void aGenerationThatEndsIsAnsweredAtTheNextRead() {
        var row = core.processing();
        after(Duration.ofMillis(7_200), () -> complete(row));

        var answer = await.await(stored(row), until);

        assertThat(answer.generation()).isEqualTo(core.row(row));
        assertThat(answer.generation().state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.clock.instant()).isEqualTo(start.plusMillis(7_500));
        assertThat(core.events.timedOut()).isEmpty();
    }

    @Test
    void theWaitEndsInTimeWithTheGenerationAsItIsThen() {
        var row = core.unsent("a cat");
        after(Duration.ofSeconds(20), () -> core.store.update(row.submitted(new PredictionId("p"), start, until)));

        var answer = await.await(stored(row), until);

        assertThat(answer.generation().state().status()).isEqualTo(Status.PROCESSING);
        assertThat(core.clock.instant()).isEqualTo(until);
        assertThat(core.events.timedOut()).containsExactly(row.id());
    }

    @Test
    void anEndAtTheLastMomentIsAnswered() {
        var row = core.processing();
        after(LIMIT, () -> complete(row));

        var answer = await.await(stored(row), until);

        assertThat(answer.generation().state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aGenerationThatHasEndedIsAnsweredWithoutARead() {
        var row = core.processing();
        complete(row);
        var known = stored(core.row(row));

        var answer = await.await(known, until);

        assertThat(answer).isSameAs(known);
        assertThat(reads).isEmpty();
    }

    @Test
    void noTimeToWaitCostsNoRead() {
        var known = stored(core.processing());
        int calls = core.store.calls();

        var answer = await.await(known, start);

        assertThat(answer).isSameAs(known);
        assertThat(core.store.calls()).isEqualTo(calls);
    }

    @Test
    void aWaitReadsTwiceASecond() {
        await.await(stored(core.processing()), until);

        assertThat(reads)
                .containsExactlyElementsOf(Stream.iterate(start.plusMillis(500), time -> time.plusMillis(500))
                        .takeWhile(time -> time.isBefore(until))
                        .toList());
    }

    @Test
    void aRowThatCostsMoreToReadIsReadLessOften() {
        readUnits = 5;

        await.await(stored(core.processing()), until);

        // The first read comes after half a second, because what it costs is not known yet.
        assertThat(reads)
                .containsExactlyElementsOf(Stream.iterate(start.plusMillis(500), time -> time.plusMillis(2_500))
                        .takeWhile(time -> time.isBefore(until))
                        .toList());
    }

    @Test
    void aReadThatTakesUpTheTimeEndsTheWait() {
        readTime = LIMIT;

        var answer = await.await(stored(core.processing()), until);

        assertThat(answer.generation().state().status()).isEqualTo(Status.PROCESSING);
        assertThat(reads).hasSize(1);
    }

    @Test
    void callsToTheTableEndSoonAfterTheWait() {
        Deadline.within(Optional.of(start.plusSeconds(8)), () -> await.await(stored(core.processing()), until));

        assertThat(deadlines).isNotEmpty().containsOnly(Optional.of(until.plus(AwaitGeneration.LAST_READ)));
    }

    @Test
    void onlyOneOfSeveralRowsIsReadAtATime() {
        var rows = copies(4);

        await.await(stored(rows.getFirst()), start.plusSeconds(10));

        assertThat(reads).hasSize(19);
        assertThat(readRows).containsOnly(rows.getFirst().id());
    }

    @Test
    void aGenerationWithCopiesEndsWithTheLastOfThem() {
        var rows = copies(4);
        after(Duration.ofSeconds(3), () -> List.of(0, 1, 3).forEach(number -> complete(rows.get(number))));
        after(Duration.ofSeconds(9), () -> complete(rows.get(2)));

        var answer = await.await(stored(rows.getFirst()), until);

        assertThat(answer.generation().state())
                .isInstanceOfSatisfying(
                        State.Completed.class,
                        completed -> assertThat(completed.outputs()).hasSize(4));
        assertThat(core.clock.instant()).isBetween(start.plusSeconds(9), start.plusSeconds(10));
    }

    /** The rows that have ended are read once each, and the pause after them is longer. */
    @Test
    void severalRowsCostNoMoreThanOne() {
        var rows = copies(10);
        after(Duration.ofSeconds(3), () -> rows.subList(0, 1).forEach(this::complete));
        after(Duration.ofSeconds(5), () -> rows.subList(3, 10).forEach(this::complete));

        await.await(stored(rows.getFirst()), until);

        assertThat(reads).hasSizeBetween(40, 50);
    }

    @Test
    void aCopyThatWasNeverStoredIsNotNeededOnceTheFirstRowHasEnded() {
        var row = core.stored("a cat");
        var many = withCopies(row, 4);
        core.store.clear();
        core.store.create(many);
        after(Duration.ofSeconds(2), () -> core.store.update(many.failed(Failure.NEVER_SUBMITTED, until)));

        var answer = await.await(stored(many), until);

        assertThat(answer.generation().state().status()).isEqualTo(Status.FAILED);
        assertThat(core.clock.instant()).isEqualTo(start.plusSeconds(2));
    }

    @Test
    void aReadThatFailsIsRepeated() {
        var row = core.processing();
        core.store.setUnavailableWhile(() -> core.clock.instant().isBefore(start.plusSeconds(4)));
        after(Duration.ofSeconds(6), () -> complete(row));

        var answer = await.await(stored(row), until);

        assertThat(answer.generation().state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.events.failedSteps()).isEmpty();
    }

    @Test
    void aTableThatDoesNotAnswerAtTheEndLeavesWhatIsKnown() {
        var known = stored(core.processing());
        core.store.setUnavailable(true);

        var answer = await.await(known, until);

        assertThat(answer).isSameAs(known);
        assertThat(core.events.failedSteps()).containsExactly(known.generation().id());
    }

    @Test
    void aRowThatCannotBeReadLeavesWhatIsKnown() {
        var known = stored(core.processing());
        core.store.damage(known.generation().id());

        var answer = await.await(known, until);

        assertThat(answer).isSameAs(known);
        assertThat(core.events.failedSteps()).containsExactly(known.generation().id());
    }

    @Test
    void aGenerationThatWasDeletedMeanwhileIsAnsweredAsItWas() {
        var row = core.processing();
        var known = stored(row);
        after(Duration.ofSeconds(3), () -> {
            complete(row);
            core.store.update(core.row(row).deleted(core.clock.instant()));
        });

        var answer = await.await(known, until);

        assertThat(answer).isSameAs(known);
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() {
        var row = core.processing();
        after(Duration.ofSeconds(3), () -> Thread.currentThread().interrupt());

        await.await(stored(row), until);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(core.clock.instant()).isBefore(start.plusSeconds(4));
    }

    /** The rows of a generation, the original first, all at the provider. */
    private List<Generation> copies(int count) {
        var original = Generation.submitting(
                new GenerationId(core.unique()),
                CoreFixture.OWNER,
                request(count),
                TestClaims.claim("c", start),
                until);
        var rows = Stream.concat(
                        Stream.of(original),
                        Stream.iterate(1, number -> number + 1)
                                .limit(count - 1)
                                .map(number -> original.copy(number, 1))
                                .map(copy -> copy.claimed(TestClaims.claim("c", start), until)))
                .toList();
        rows.forEach(core.store::create);
        return rows.stream().map(this::submitted).toList();
    }

    private Generation submitted(Generation row) {
        var next = row.submitted(new PredictionId("p-" + row.id()), start, until);
        core.store.update(next);
        return next;
    }

    private static GenerationRequest request(int copies) {
        return new GenerationRequest(
                new ModelId(CoreFixture.MODEL), CoreFixture.PROVIDER, "{\"prompt\":\"a cat\"}", copies, Metadata.NONE);
    }

    private static Generation withCopies(Generation row, int copies) {
        return Generation.queued(row.id(), row.owner(), request(copies), row.createdAt(), 1);
    }
}
