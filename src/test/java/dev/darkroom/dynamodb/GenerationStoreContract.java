package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Attempt;
import dev.darkroom.core.generation.Doubt;
import dev.darkroom.core.generation.EventLog;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.RequestDigest;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.generation.TraceParent;
import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.image.ContentType;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.core.image.Mark;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.GenerationStore.Creation;
import dev.darkroom.core.store.GenerationStore.DueRow;
import dev.darkroom.core.store.GenerationStore.PredictionClaim;
import dev.darkroom.core.store.GenerationStore.Update;
import dev.darkroom.core.store.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every {@link GenerationStore}. */
abstract class GenerationStoreContract {

    static final int SHARDS = 4;
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");

    private static final ProviderId PROVIDER = new ProviderId("wavespeed");
    private static final ProviderId OTHER = new ProviderId("another");
    private static final PredictionId PREDICTION = new PredictionId("p1");
    private static final Owner OWNER = new Owner("acme");
    private static final NotifyTask OTHER_TASK = new NotifyTask(new TaskToken("another-token"));
    private static final NotifyTask TASK = new NotifyTask(new TaskToken("a-token"));
    private static final int MANY = 1000;
    private static final ImageFacts FACTS = new ImageFacts(
            1_234_567,
            ContentType.JPEG,
            new ContentHash("0123456789abcdef".repeat(4)),
            1024,
            768,
            List.of(
                    new Mark(Mark.Kind.C2PA, Optional.empty()),
                    new Mark(Mark.Kind.IPTC_DIGITAL_SOURCE_TYPE, Optional.of("trainedAlgorithmicMedia"))));

    abstract GenerationStore store();

    @Test
    void aRequestThatIsSentSeveralTimesIsReadAsItWasStored() {
        var request = new GenerationRequest(
                new ModelId("wavespeed-ai/imagen4"), PROVIDER, "{\"prompt\":\"a cat\"}", 4, Metadata.NONE);
        var row = Generation.queued(newId(), OWNER, request, NOW, 1);

        store().create(row);

        assertThat(store().find(row.id())).contains(row);
    }

    @Test
    void aNewRowIsReadBackAsItIs() {
        var row = row("a cat");

        assertThat(store().create(row)).isEqualTo(new Creation.Created());

        assertThat(store().find(row.id())).contains(row);
    }

    @Test
    void aNewRowIsReadBackWithTheTokenOfItsLinks() {
        var row = keepingImages();

        store().create(row);

        assertThat(store().find(row.id())).contains(row);
    }

    @Test
    void aNewRowIsReadBackWithItsFollowUps() {
        var row = row("a cat").owing(List.of(TASK, OTHER_TASK));

        store().create(row);

        assertThat(store().find(row.id())).contains(row);
    }

    @Test
    void aNewRowIsReadBackWithItsMetadataAndItsDigest() {
        var metadata = new Metadata(Map.of("project", "posters", "größe", "", "x".repeat(64), "y".repeat(512)));
        var request = new GenerationRequest(new ModelId("vendor/model"), PROVIDER, "{}", 1, metadata)
                .sentAs(RequestDigest.of("vendor/model", "{ }"));
        var row = Generation.queued(newId(), OWNER, request, NOW, 1);

        store().create(row);

        assertThat(store().find(row.id())).contains(row);
    }

    @Test
    void aRowKeepsItsCallersTraceUntilItIsDeleted() {
        var request = new GenerationRequest(new ModelId("vendor/model"), PROVIDER, "{}")
                .tracedIn(new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        var row = Generation.queued(newId(), OWNER, request, NOW, 1);
        store().create(row);
        var failed = row.failed(new Failure("code", "text"), NOW);
        store().update(failed);

        var read = store().find(row.id());
        store().update(failed.deleted(NOW));

        assertThat(read).contains(failed);
        assertThat(store().find(row.id()).flatMap(found -> found.request().callersTrace()))
                .isEmpty();
    }

    @Test
    void aStepLeavesMetadataAndDigestAsTheyAre() {
        var metadata = new Metadata(Map.of("project", "posters"));
        var request = new GenerationRequest(new ModelId("vendor/model"), PROVIDER, "{}", 1, metadata)
                .sentAs(RequestDigest.of("vendor/model", "{ }"));
        var row = Generation.queued(newId(), OWNER, request, NOW, 1);
        store().create(row);
        var failed = row.failed(new Failure("code", "text"), NOW);

        store().update(failed);

        assertThat(store().find(row.id())).contains(failed);
    }

    @Test
    void theEventsAreReadBackInTheirOrder() {
        var row = row("a cat").received(NOW.minusMillis(1_204));
        store().create(row);
        var failed = row.failed(new Failure("code", "text"), NOW.plusSeconds(9));

        store().update(failed);

        assertThat(store().find(row.id()).orElseThrow().events())
                .isEqualTo(new EventLog(
                        List.of(
                                Event.RECEIVED.at(NOW.minusMillis(1_204)),
                                Event.CLAIMED.at(NOW),
                                Event.FAILED.at(NOW.plusSeconds(9))),
                        0));
    }

    @Test
    void droppedEventsAreCounted() {
        var row = row("a cat");
        store().create(row);
        var many = Collections.nCopies(25, Event.DOUBTED.at(NOW.plusSeconds(1)));
        var failed = row.failed(new Failure("code", "text"), NOW.plusSeconds(9)).noted(many);

        store().update(failed);

        assertThat(store().find(row.id()).orElseThrow().events())
                .isEqualTo(failed.events())
                .extracting(EventLog::dropped)
                .isEqualTo(7);
    }

    @Test
    void aTerminalRowIsDueWhenItsNextFollowUpIs() {
        var row = row("a cat").owing(List.of(TASK));
        store().create(row);
        var ended = row.failed(new Failure("code", "text"), NOW);
        store().update(ended);
        var failed = ended.followUps().getFirst().failed(NOW);

        store().update(ended.withFollowUps(List.of(failed)));

        assertThat(due(Shard.of(row.id(), SHARDS), NOW.plusSeconds(99), MANY))
                .contains(new DueRow(row.id(), failed.nextAt()));
    }

    @Test
    void aRowThatDoesNotExistIsNotFound() {
        assertThat(store().find(newId())).isEmpty();
    }

    @Test
    void aSecondRowWithTheSameIdIsNotStored() {
        var first = row("a cat");
        store().create(first);
        var second = new Generation(first.id(), first.owner(), request("a dog"), NOW, 1, first.dueAt(), first.state());

        assertThat(store().create(second)).isEqualTo(new Creation.Exists(first));

        assertThat(store().find(first.id())).contains(first);
    }

    @Test
    void aRequestThatIsRepeatedFindsItsOwnWrite() {
        var row = row("a cat");
        store().create(row);
        var claimed = row.claimed(claim("c"), NOW.plusSeconds(2));
        store().update(claimed);

        assertThat(store().update(claimed)).isEqualTo(new Update.Written());
    }

    @Test
    void aRowThatHasMovedOnIsNotOverwritten() {
        var row = row("a cat");
        store().create(row);
        var first = row.claimed(claim("first"), NOW.plusSeconds(2));
        store().update(first);

        var second = store().update(row.claimed(claim("second"), NOW.plusSeconds(2)));

        assertThat(second).isEqualTo(new Update.Conflict(first));
        assertThat(store().find(row.id())).contains(first);
    }

    @Test
    void aCopyIsReadBackAsItIs() {
        var copy = row("a cat").copy(1, 7);

        store().create(copy);

        assertThat(store().find(copy.id())).contains(copy);
    }

    @Test
    void severalRowsAreWrittenAtOnce() {
        var row = waiting(3);
        store().create(row);
        var cancelled = row.cancelled(NOW);
        var copy = row.cancelledCopy(1, NOW);

        assertThat(store().writeAll(List.of(cancelled, copy))).isTrue();

        assertThat(store().find(row.id())).contains(cancelled);
        assertThat(store().find(copy.id())).contains(copy);
    }

    @Test
    void ofSeveralRowsNoneIsWrittenIfOneHasMovedOn() {
        var row = waiting(3);
        var copy = row.copy(1, 3);
        store().create(row);
        store().create(copy);
        var claimed = copy.claimed(claim("c"), NOW.plusSeconds(2));
        store().update(claimed);

        assertThat(store().writeAll(List.of(row.cancelled(NOW), copy.cancelled(NOW))))
                .isFalse();

        assertThat(store().find(row.id())).contains(row);
        assertThat(store().find(copy.id())).contains(claimed);
    }

    @Test
    void ofSeveralRowsNoneIsWrittenIfANewOneExists() {
        var row = waiting(3);
        var copy = row.copy(1, 3);
        store().create(row);
        store().create(copy);

        assertThat(store().writeAll(List.of(row.cancelled(NOW), row.cancelledCopy(1, NOW))))
                .isFalse();

        assertThat(store().find(row.id())).contains(row);
        assertThat(store().find(copy.id())).contains(copy);
    }

    @Test
    void ofSeveralRowsNoneIsWrittenIfOneIsMissing() {
        var row = waiting(3);
        store().create(row);
        var missing = waiting(3).cancelled(NOW);

        assertThat(store().writeAll(List.of(row.cancelled(NOW), missing))).isFalse();

        assertThat(store().find(row.id())).contains(row);
        assertThat(store().find(missing.id())).isEmpty();
    }

    @Test
    void severalRowsThatAreWrittenAgainAreStoredAlready() {
        var row = waiting(3);
        store().create(row);
        var all = List.of(row.cancelled(NOW), row.cancelledCopy(1, NOW));
        store().writeAll(all);

        assertThat(store().writeAll(all)).isTrue();
    }

    @Test
    void severalRowsAreErasedAtOnce() {
        var row = waiting(3);
        store().create(row);
        var cancelled = row.cancelled(NOW);
        var copy = row.cancelledCopy(1, NOW);
        store().writeAll(List.of(cancelled, copy));

        assertThat(store().writeAll(List.of(cancelled.deleted(NOW), copy.deleted(NOW))))
                .isTrue();

        assertThat(store().find(row.id())).contains(cancelled.deleted(NOW));
        assertThat(store().find(copy.id())).contains(copy.deleted(NOW));
    }

    @Test
    void aRowThatDoesNotExistCannotBeUpdated() {
        var claimed = row("a cat").claimed(claim("c"), NOW.plusSeconds(2));

        assertThatThrownBy(() -> store().update(claimed)).isInstanceOf(IllegalStateException.class);
        assertThat(store().find(claimed.id())).isEmpty();
    }

    static Stream<List<Generation>> lives() {
        var row = waiting(3);
        var claimed = row.claimed(claim("c"), NOW.plusSeconds(2));
        var refused = claimed.queued(
                new State.Queued(4, new State.Refusal(NOW, NOW.plusSeconds(1), "HTTP 429"), null),
                Event.REFUSED.at(NOW.plusSeconds(1)));
        var claimedAgain = refused.claimed(claim("d"), NOW.plusSeconds(2));
        var unconfirmed =
                claimed.unconfirmed(new State.Unconfirmed(claim("c").attempt(), "HTTP 504"), NOW.plusSeconds(2), NOW);
        var submitted = claimed.submitted(
                PREDICTION, NOW.plusMillis(1), NOW.plusMillis(1).plusSeconds(2));
        var doubted = submitted.processing(
                ((State.Processing) submitted.state()).doubted(Doubt.Kind.NOT_FOUND, NOW.plusSeconds(9)));
        var failure = new Failure("code", "text");
        var outputs = List.of(new Output("https://a/1.png", false), new Output("https://a/2.png", true));
        var completed = submitted.completed(
                new State.Completed(PREDICTION, outputs, Duration.ofMillis(1234), NOW.plusSeconds(5)));
        var keeping = keepingImages();
        var kept = keeping.claimed(claim("c"), NOW.plusSeconds(2))
                .submitted(PREDICTION, NOW, NOW.plusSeconds(2))
                .completed(new State.Completed(PREDICTION, outputs, Duration.ofMillis(1234), NOW.plusSeconds(5)));
        var firstKept = kept.with(0, new ImageCopy.Kept(FACTS))
                .withFollowUps(List.of(kept.followUps().getLast().failed(NOW.plusSeconds(6))));
        var secondGivenUp =
                firstKept.with(1, new ImageCopy.NotCopied("no answer")).withFollowUps(List.of());
        var awaited = row.withFollowUp(TASK, NOW);
        var awaitedSubmitted =
                awaited.claimed(claim("c"), NOW.plusSeconds(2)).submitted(PREDICTION, NOW, NOW.plusSeconds(2));
        var awaitedCompleted = awaitedSubmitted.completed(
                new State.Completed(PREDICTION, outputs, Duration.ofMillis(1234), NOW.plusSeconds(5)));
        var awaitedFailed = awaited.withFollowUp(OTHER_TASK, NOW).failed(failure, NOW.plusSeconds(5));
        var tried = awaitedFailed.followUps().getLast().failed(NOW.plusSeconds(6));
        return Stream.of(
                List.of(row, claimed, submitted, completed),
                List.of(row, claimed, submitted, completed, completed.deleted(NOW)),
                List.of(
                        keeping,
                        keeping.claimed(claim("c"), NOW.plusSeconds(2)),
                        keeping.claimed(claim("c"), NOW.plusSeconds(2)).submitted(PREDICTION, NOW, NOW.plusSeconds(2)),
                        kept,
                        firstKept,
                        secondGivenUp,
                        secondGivenUp.deleted(NOW.plusSeconds(9)),
                        secondGivenUp.deleted(NOW.plusSeconds(9)).withFollowUps(List.of())),
                List.of(row, row.failed(failure, NOW), row.failed(failure, NOW).deleted(NOW)),
                List.of(row, claimed, submitted, completed, completed.withFollowUp(TASK, NOW)),
                List.of(
                        row,
                        awaited,
                        awaited.withFollowUp(OTHER_TASK, NOW),
                        awaitedFailed,
                        awaitedFailed.withFollowUps(
                                List.of(awaitedFailed.followUps().getFirst(), tried)),
                        awaitedFailed
                                .withFollowUps(List.of(awaitedFailed.followUps().getFirst(), tried))
                                .withFollowUps(List.of(tried.failed(NOW.plusSeconds(9))))),
                List.of(
                        row,
                        awaited,
                        awaited.claimed(claim("c"), NOW.plusSeconds(2)),
                        awaitedSubmitted,
                        awaitedCompleted,
                        awaitedCompleted.without(List.of(TASK))),
                List.of(
                        row,
                        awaited,
                        awaited.failed(failure, NOW),
                        awaited.failed(failure, NOW).without(List.of(TASK))),
                List.of(
                        row,
                        awaited,
                        awaited.withFollowUp(OTHER_TASK, NOW),
                        awaited.withFollowUp(OTHER_TASK, NOW).without(List.of(TASK, OTHER_TASK))),
                List.of(row, claimed, submitted, submitted.postponed(NOW.plusSeconds(600))),
                List.of(row, claimed, submitted, submitted.failed(failure, NOW.plusSeconds(5))),
                List.of(row, claimed, submitted, doubted, submitted(doubted)),
                List.of(
                        row,
                        claimed,
                        refused,
                        claimedAgain,
                        claimedAgain.submitted(PREDICTION, NOW, NOW.plusSeconds(2))),
                List.of(row, claimed, unconfirmed, unconfirmed.submitted(PREDICTION, NOW, NOW.plusSeconds(2))),
                List.of(row, claimed, unconfirmed, unconfirmed.failed(failure, NOW)),
                List.of(
                        row,
                        claimed,
                        unconfirmed,
                        unconfirmed.queued(State.Queued.resubmission(claim("c").attempt()), Event.RESUBMITTED.at(NOW))),
                List.of(row, claimed, claimed.failed(failure, NOW)),
                List.of(row, row.failed(failure, NOW)),
                List.of(row, row.cancelled(NOW.plusSeconds(5))),
                List.of(row, claimed, refused, refused.cancelled(NOW.plusSeconds(5))),
                List.of(
                        row,
                        awaited,
                        awaited.cancelled(NOW),
                        awaited.cancelled(NOW).without(List.of(TASK))));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void everyStepIsReadBackAsItIs(List<Generation> life) {
        var id = newId();
        store().create(withId(life.getFirst(), id));

        for (var step : life.subList(1, life.size())) {
            var next = withId(step, id);
            assertThat(store().update(next)).isEqualTo(new Update.Written());
            assertThat(store().find(id)).contains(next);
        }
    }

    @Test
    void aPredictionIsOneRowsOnly() {
        var prediction = new PredictionId("p-" + newId());
        var first = newId();
        var second = newId();

        assertThat(take(prediction, first, Optional.empty())).isTrue();

        assertThat(take(prediction, second, Optional.empty())).isFalse();
        assertThat(take(prediction, first, Optional.empty())).isTrue();
        assertThat(store().claimedBy(PROVIDER, prediction)).contains(first);
    }

    @Test
    void aPredictionIsClaimedOnlyFromTheRowThatIsNamed() {
        var prediction = new PredictionId("p-" + newId());
        var first = newId();
        var second = newId();
        take(prediction, first, Optional.empty());

        assertThat(take(prediction, second, Optional.of(newId()))).isFalse();
        assertThat(take(prediction, second, Optional.of(first))).isTrue();

        assertThat(store().claimedBy(PROVIDER, prediction)).contains(second);
    }

    @Test
    void theSameIdOfAnotherProviderIsAnotherPrediction() {
        var prediction = new PredictionId("p-" + newId());
        var first = newId();
        var second = newId();
        take(prediction, first, Optional.empty());

        boolean claimed = store().claimPrediction(new PredictionClaim(OTHER, prediction, second), Optional.empty());

        assertThat(claimed).isTrue();
        assertThat(store().claimedBy(PROVIDER, prediction)).contains(first);
        assertThat(store().claimedBy(OTHER, prediction)).contains(second);
    }

    private boolean take(PredictionId prediction, GenerationId row, Optional<GenerationId> from) {
        return store().claimPrediction(new PredictionClaim(PROVIDER, prediction, row), from);
    }

    @Test
    void anUnclaimedPredictionHasNoHolder() {
        assertThat(store().claimedBy(PROVIDER, new PredictionId("p-" + newId())))
                .isEmpty();
    }

    @Test
    void dueRowsAreListedEarliestFirstAndOnlyUpToTheTimeAskedFor() {
        var shard = new Shard(1);
        var rows = rowsIn(shard, 3);
        var due = List.of(NOW.plusSeconds(30), NOW.plusSeconds(10), NOW.plusSeconds(20));
        for (int i = 0; i < 3; i++) {
            store().create(dueAt(rows.get(i), due.get(i)));
        }

        assertThat(due(shard, NOW.plusSeconds(20), MANY).stream()
                        .filter(entry -> rows.stream().anyMatch(row -> row.id().equals(entry.id()))))
                .containsExactly(
                        new DueRow(rows.get(1).id(), NOW.plusSeconds(10)),
                        new DueRow(rows.get(2).id(), NOW.plusSeconds(20)));
    }

    @Test
    void rowsThatWereDueEarlierAreNotListedWhenTheyAreNotAskedFor() {
        var shard = new Shard(1);
        var rows = rowsIn(shard, 3);
        for (int i = 0; i < 3; i++) {
            store().create(dueAt(rows.get(i), NOW.plusSeconds(10 + i)));
        }

        assertThat(
                        store()
                                .findDue(shard, NOW.plusSeconds(11), NOW.plusSeconds(11), Optional.empty(), MANY)
                                .rows()
                                .stream()
                                .map(DueRow::id)
                                .filter(id ->
                                        rows.stream().anyMatch(row -> row.id().equals(id))))
                .containsExactly(rows.get(1).id());
    }

    @Test
    void noMoreRowsAreListedThanAskedFor() {
        var shard = new Shard(2);
        rowsIn(shard, 5).forEach(row -> store().create(row));

        assertThat(due(shard, NOW.plusSeconds(99), 3)).hasSize(3);
    }

    @Test
    void aRowIsListedOnlyInItsShard() {
        var row = rowsIn(new Shard(3), 1).getFirst();
        store().create(row);

        assertThat(Shard.all(SHARDS))
                .filteredOn(shard -> due(shard, NOW.plusSeconds(99), MANY).stream()
                        .anyMatch(entry -> entry.id().equals(row.id())))
                .containsExactly(new Shard(3));
    }

    @Test
    void queuedRowsAreListedByRound() {
        var rows = List.of(waiting(30), waiting(10), waiting(20));
        rows.forEach(row -> store().create(row));

        assertThat(queued(MANY).stream()
                        .filter(id -> rows.stream().anyMatch(row -> row.id().equals(id))))
                .containsExactly(rows.get(1).id(), rows.get(2).id(), rows.get(0).id());
        assertThat(queued(2)).hasSize(2);
    }

    @Test
    void aClaimedRowIsNoLongerQueuedButDue() {
        var row = waiting(10);
        store().create(row);

        store().update(row.claimed(claim("c"), NOW.plusSeconds(2)));

        assertThat(queued(MANY)).doesNotContain(row.id());
        assertThat(due(Shard.of(row.id(), SHARDS), NOW.plusSeconds(2), MANY))
                .extracting(DueRow::id)
                .contains(row.id());
    }

    @Test
    void aTerminalRowIsNoLongerDue() {
        var row = rowsIn(new Shard(0), 1).getFirst();
        store().create(row);
        store().update(row.failed(new Failure("code", "text"), NOW));

        assertThat(due(new Shard(0), NOW.plusSeconds(999), MANY))
                .extracting(DueRow::id)
                .doesNotContain(row.id());
    }

    @Test
    void aListingGoesOnWhereAPageOfItEnded() {
        var shard = new Shard(2);
        var rows = rowsIn(shard, 25);
        rows.forEach(row -> store().create(row));
        var whole = due(shard, NOW.plusSeconds(99), MANY);
        var listed = new ArrayList<DueRow>();

        Optional<GenerationStore.Cursor> after = Optional.empty();
        do {
            var page = store().findDue(shard, Instant.EPOCH, NOW.plusSeconds(99), after, 7);
            listed.addAll(page.rows());
            after = page.next();
        } while (after.isPresent());

        assertThat(listed).containsExactlyElementsOf(whole).hasSizeGreaterThanOrEqualTo(25);
    }

    @Test
    void theQueueIsListedOnLikewise() {
        var rows = IntStream.range(100, 105)
                .mapToObj(GenerationStoreContract::waiting)
                .toList();
        rows.forEach(row -> store().create(row));

        var first = store().findQueued(PROVIDER, Optional.empty(), 1);
        var rest = store().findQueued(PROVIDER, first.next(), MANY);

        assertThat(first.rows()).hasSize(1);
        assertThat(rest.rows())
                .doesNotContainAnyElementsOf(first.rows())
                .hasSize(queued(MANY).size() - 1);
    }

    private List<DueRow> due(Shard shard, Instant until, int limit) {
        return store().findDue(shard, Instant.EPOCH, until, Optional.empty(), limit)
                .rows();
    }

    @Test
    void aQueueHasOnlyTheRowsOfItsProvider() {
        var request = new GenerationRequest(new ModelId("other/model"), OTHER, "{}");
        var other = Generation.queued(newId(), OWNER, request, NOW, 1);
        store().create(other);

        var listed = store().findQueued(OTHER, Optional.empty(), MANY).rows();

        assertThat(listed).extracting(DueRow::id).contains(other.id());
        assertThat(queued(MANY)).doesNotContain(other.id());
    }

    private List<GenerationId> queued(int limit) {
        return store().findQueued(PROVIDER, Optional.empty(), limit).rows().stream()
                .map(DueRow::id)
                .toList();
    }

    static Generation row(String prompt) {
        return Generation.submitting(newId(), OWNER, request(prompt), claim("a"), NOW.plusSeconds(2));
    }

    private static State.Submitting claim(String name) {
        return new State.Submitting(new Attempt(name, NOW, "vendor/model"), NOW.plusSeconds(30));
    }

    private static Generation submitted(Generation doubted) {
        return doubted.processing(new State.Processing(PREDICTION, NOW.plusMillis(1), "vendor/model"));
    }

    private static Generation waiting(long round) {
        return Generation.queued(newId(), OWNER, request("a cat"), NOW, round);
    }

    private static List<Generation> rowsIn(Shard shard, int count) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> row("cat " + i))
                .filter(row -> Shard.of(row.id(), SHARDS).equals(shard))
                .limit(count)
                .toList();
    }

    private static Generation dueAt(Generation row, Instant due) {
        return new Generation(row.id(), row.owner(), row.request(), row.createdAt(), 1, due, row.state());
    }

    private static Generation withId(Generation row, GenerationId id) {
        return new Generation(
                id,
                row.owner(),
                row.request(),
                row.createdAt(),
                row.version(),
                row.dueAt(),
                row.state(),
                row.followUps(),
                row.events());
    }

    private static Generation keepingImages() {
        var request = request("a cat").keepingImages(new LinkToken("0f".repeat(16)));
        return Generation.queued(newId(), OWNER, request, NOW, 3);
    }

    private static GenerationRequest request(String prompt) {
        return new GenerationRequest(new ModelId("wavespeed-ai/imagen4"), PROVIDER, "{\"prompt\":\"" + prompt + "\"}");
    }

    private static GenerationId newId() {
        return new GenerationId(UUID.randomUUID().toString().replace("-", ""));
    }
}
