package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.application.GenerationStore;
import dev.darkroom.application.GenerationStore.Creation;
import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.domain.Attempt;
import dev.darkroom.domain.Caller;
import dev.darkroom.domain.Doubt;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.Output;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.State;
import dev.darkroom.domain.TaskToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link GenerationStore} has to do. */
abstract class GenerationStoreContract {

    static final int SHARDS = 4;
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");

    private static final PredictionId PREDICTION = new PredictionId("p1");
    private static final Caller CALLER = Caller.of(new Owner("acme"));
    private static final TaskToken OTHER_TASK = new TaskToken("another-token");
    private static final TaskToken TASK = new TaskToken("a-token");
    private static final int MANY = 1000;

    abstract GenerationStore store();

    @Test
    void aNewRowIsReadBackAsItIs() {
        var row = row("a cat");

        assertThat(store().create(row)).isEqualTo(new Creation.Created());

        assertThat(store().find(row.id())).contains(row);
    }

    @Test
    void aRowThatDoesNotExistIsNotFound() {
        assertThat(store().find(newId())).isEmpty();
    }

    @Test
    void aSecondRowWithTheSameIdIsNotStored() {
        var first = row("a cat");
        store().create(first);
        var second = new Generation(first.id(), first.caller(), request("a dog"), NOW, 1, first.dueAt(), first.state());

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
    void aRowThatDoesNotExistCannotBeUpdated() {
        var claimed = row("a cat").claimed(claim("c"), NOW.plusSeconds(2));

        assertThatThrownBy(() -> store().update(claimed)).isInstanceOf(IllegalStateException.class);
        assertThat(store().find(claimed.id())).isEmpty();
    }

    static Stream<List<Generation>> lives() {
        var row = waiting(3);
        var claimed = row.claimed(claim("c"), NOW.plusSeconds(2));
        var refused = claimed.queued(new State.Queued(4, new State.Refusal(NOW, NOW.plusSeconds(1), "HTTP 429"), null));
        var claimedAgain = refused.claimed(claim("d"), NOW.plusSeconds(2));
        var unconfirmed =
                claimed.unconfirmed(new State.Unconfirmed(claim("c").attempt(), "HTTP 504"), NOW.plusSeconds(2));
        var submitted = claimed.submitted(
                PREDICTION, NOW.plusMillis(1), NOW.plusMillis(1).plusSeconds(2));
        var doubted = submitted.processing(
                ((State.Processing) submitted.state()).doubted(Doubt.Kind.NOT_FOUND, NOW.plusSeconds(9)));
        var failure = new Failure("code", "text");
        var outputs = List.of(new Output("https://a/1.png", false), new Output("https://a/2.png", true));
        var completed = submitted.completed(
                new State.Completed(PREDICTION, outputs, Duration.ofMillis(1234), NOW.plusSeconds(5)));
        var awaited = row.awaitedBy(TASK, NOW);
        var awaitedSubmitted =
                awaited.claimed(claim("c"), NOW.plusSeconds(2)).submitted(PREDICTION, NOW, NOW.plusSeconds(2));
        var awaitedCompleted = awaitedSubmitted.completed(
                new State.Completed(PREDICTION, outputs, Duration.ofMillis(1234), NOW.plusSeconds(5)));
        return Stream.of(
                List.of(row, claimed, submitted, completed),
                List.of(row, claimed, submitted, completed, completed.awaitedBy(TASK, NOW)),
                List.of(
                        row,
                        awaited,
                        awaited.claimed(claim("c"), NOW.plusSeconds(2)),
                        awaitedSubmitted,
                        awaitedCompleted,
                        awaitedCompleted.waitedForNoMore(List.of(TASK), NOW)),
                List.of(
                        row,
                        awaited,
                        awaited.failed(failure, NOW),
                        awaited.failed(failure, NOW).waitedForNoMore(List.of(TASK), NOW)),
                List.of(
                        row,
                        awaited,
                        awaited.awaitedBy(OTHER_TASK, NOW),
                        awaited.awaitedBy(OTHER_TASK, NOW).waitedForNoMore(List.of(TASK, OTHER_TASK), NOW)),
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
                        unconfirmed.queued(State.Queued.again(claim("c").attempt()))),
                List.of(row, claimed, claimed.failed(failure, NOW)),
                List.of(row, row.failed(failure, NOW)));
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

        assertThat(store().take(prediction, first, Optional.empty())).isTrue();

        assertThat(store().take(prediction, second, Optional.empty())).isFalse();
        assertThat(store().take(prediction, first, Optional.empty())).isTrue();
        assertThat(store().holder(prediction)).contains(first);
    }

    @Test
    void aPredictionIsTakenOnlyFromTheRowThatIsNamed() {
        var prediction = new PredictionId("p-" + newId());
        var first = newId();
        var second = newId();
        store().take(prediction, first, Optional.empty());

        assertThat(store().take(prediction, second, Optional.of(newId()))).isFalse();
        assertThat(store().take(prediction, second, Optional.of(first))).isTrue();

        assertThat(store().holder(prediction)).contains(second);
    }

    @Test
    void aPredictionThatNobodyTookHasNoHolder() {
        assertThat(store().holder(new PredictionId("p-" + newId()))).isEmpty();
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

        assertThat(store().due(shard, NOW.plusSeconds(11), NOW.plusSeconds(11), Optional.empty(), MANY).rows().stream()
                        .map(DueRow::id)
                        .filter(id -> rows.stream().anyMatch(row -> row.id().equals(id))))
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
    void rowsThatWaitAreListedInTheOrderOfTheirTurns() {
        var rows = List.of(waiting(30), waiting(10), waiting(20));
        rows.forEach(row -> store().create(row));

        assertThat(queued(MANY).stream()
                        .filter(id -> rows.stream().anyMatch(row -> row.id().equals(id))))
                .containsExactly(rows.get(1).id(), rows.get(2).id(), rows.get(0).id());
        assertThat(queued(2)).hasSize(2);
    }

    @Test
    void whoHasBeenClaimedNoLongerWaitsButIsDue() {
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
            var page = store().due(shard, Instant.EPOCH, NOW.plusSeconds(99), after, 7);
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

        var first = store().queued(Optional.empty(), 1);
        var rest = store().queued(first.next(), MANY);

        assertThat(first.rows()).hasSize(1);
        assertThat(rest.rows())
                .doesNotContainAnyElementsOf(first.rows())
                .hasSize(queued(MANY).size() - 1);
    }

    private List<DueRow> due(Shard shard, Instant until, int limit) {
        return store().due(shard, Instant.EPOCH, until, Optional.empty(), limit).rows();
    }

    private List<GenerationId> queued(int limit) {
        return store().queued(Optional.empty(), limit).rows().stream()
                .map(DueRow::id)
                .toList();
    }

    static Generation row(String prompt) {
        return Generation.submitting(newId(), CALLER, request(prompt), claim("a"), NOW.plusSeconds(2));
    }

    private static State.Submitting claim(String name) {
        return new State.Submitting(new Attempt(name, NOW, "vendor/model"), NOW.plusSeconds(30));
    }

    private static Generation submitted(Generation doubted) {
        return doubted.processing(new State.Processing(PREDICTION, NOW.plusMillis(1)));
    }

    private static Generation waiting(long turn) {
        return Generation.queued(newId(), CALLER, request("a cat"), NOW, turn);
    }

    private static List<Generation> rowsIn(Shard shard, int count) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> row("cat " + i))
                .filter(row -> Shard.of(row.id(), SHARDS).equals(shard))
                .limit(count)
                .toList();
    }

    private static Generation dueAt(Generation row, Instant due) {
        return new Generation(row.id(), row.caller(), row.request(), row.createdAt(), 1, due, row.state());
    }

    private static Generation withId(Generation row, GenerationId id) {
        return new Generation(
                id, row.caller(), row.request(), row.createdAt(), row.version(), row.dueAt(), row.state());
    }

    private static GenerationRequest request(String prompt) {
        return new GenerationRequest(new ModelId("wavespeed-ai/imagen4"), "{\"prompt\":\"" + prompt + "\"}");
    }

    private static GenerationId newId() {
        return new GenerationId(UUID.randomUUID().toString().replace("-", ""));
    }
}
