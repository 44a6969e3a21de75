package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.application.InMemoryGenerationStore;
import dev.darkroom.domain.Caller;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.Output;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.State;
import dev.darkroom.domain.TaskToken;
import dev.darkroom.domain.TestClaims;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StuckRowsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final GenerationId ID = new GenerationId("0".repeat(31) + "1");
    private static final Caller CALLER = Caller.of(new Owner("acme"));
    private static final GenerationRequest REQUEST =
            new GenerationRequest(new ModelId("wavespeed-ai/imagen4"), "{\"prompt\":\"a cat\"}");
    private static final PredictionId PREDICTION = new PredictionId("p1");
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final InMemoryGenerationStore store = new InMemoryGenerationStore(1);
    private final StuckRows rows = new StuckRows(store, InstantSource.fixed(NOW));

    @Test
    void whatIsOnItsWayNeedsNobody() {
        stored(row(Duration.ofSeconds(5)));
        assertThat(lines()).isEmpty();

        stored(unconfirmed(Duration.ofMinutes(9)));
        assertThat(lines()).isEmpty();

        stored(processing(Duration.ofMinutes(9)));
        assertThat(lines()).isEmpty();

        stored(waiting(Duration.ofMinutes(59)));
        assertThat(lines()).isEmpty();

        stored(processing(Duration.ofHours(1)).completed(completed(Duration.ZERO)));
        assertThat(lines()).isEmpty();
    }

    @Test
    void anOutcomeThatStaysUnknownIsListedWithAgeStepAndWhatIsKnown() {
        stored(unconfirmed(Duration.ofMinutes(70)));

        assertThat(lines())
                .containsExactly("00000000000000000000000000000001  UNCONFIRMED    1 h 10 min  search       acme  "
                        + "sent at 2026-01-01T10:50:00Z, no outcome (HTTP 504), and no prediction found yet");
    }

    @Test
    void aPredictionThatDoesNotEndIsListed() {
        stored(processing(Duration.ofMinutes(11)));

        assertThat(lines()).singleElement().asString().contains("poll", "prediction p1 runs since");
    }

    @Test
    void whatWaitsForItsTurnForLongIsListed() {
        stored(waiting(Duration.ofMinutes(61)));

        assertThat(lines())
                .singleElement()
                .asString()
                .contains("submit", "is queued since", "the provider refused it: HTTP 429");
    }

    @Test
    void whatNobodyAdvancesIsListedInAnyState() {
        var row = row(Duration.ofMinutes(6));
        stored(row);

        assertThat(lines())
                .singleElement()
                .asString()
                .contains("SUBMITTING", "is due since %s and nobody advances it".formatted(row.dueAt()));
    }

    @Test
    void aTaskThatCannotBeToldIsListedWithHowItEnded() {
        var waiting = processing(Duration.ofMinutes(20)).awaitedBy(new TaskToken("t"), NOW);
        stored(waiting.failed(new Failure("content_moderated", "text"), NOW.minus(Duration.ofMinutes(11)))
                .waitedForNoMore(List.of(), NOW));

        assertThat(lines()).singleElement().asString().contains("notify task", "failed at", "content_moderated");
    }

    /** A queued row needs nobody for an hour, but this one is never submitted. */
    @Test
    void aQueuedRowThatCannotBeReadIsListed() {
        stored(queued(ID, Duration.ofSeconds(5)));
        store.damage(ID);

        assertThat(lines()).containsExactly("00000000000000000000000000000001  cannot be read: damaged");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no-id", "?", "gate", "0000000000000000000000000000000G", "000000000000000000000000000000001"})
    void anEntryOfTheIndexThatIsNoIdIsListed(String key) {
        assertThat(rows.lines(Stream.of(key)))
                .containsExactly(key + "  is in the index and is not the id of a generation");
    }

    @Test
    void whatCannotBeReadComesFirstAndHidesNoOther() {
        var damaged = new GenerationId("0".repeat(31) + "2");
        stored(unconfirmed(Duration.ofMinutes(20)));
        store.create(queued(damaged, Duration.ofMinutes(11)));
        store.damage(damaged);

        assertThat(rows.lines(Stream.of(ID.value(), "no-id", damaged.value(), "no-id")))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("no-id  is in the index"),
                        second -> assertThat(second).startsWith(damaged + "  cannot be read"),
                        third -> assertThat(third).startsWith(ID + "  UNCONFIRMED"));
    }

    @Test
    void theOldestComesFirstAndEachOnce() {
        var younger = new GenerationId("0".repeat(31) + "2");
        stored(unconfirmed(Duration.ofMinutes(20)));
        store.create(unconfirmed(younger, Duration.ofMinutes(11)));

        assertThat(rows.lines(Stream.of(younger, ID, younger).map(GenerationId::value)))
                .extracting(line -> line.substring(0, 32))
                .containsExactly(ID.value(), younger.value());
    }

    @Test
    void anUnconfirmedRowIsSubmittedOnceMore() {
        stored(unconfirmed(Duration.ofMinutes(11)));

        assertThat(rows.resubmit(ID)).isTrue();

        assertThat(state())
                .isEqualTo(State.Queued.again(claim(Duration.ofMinutes(11)).attempt()));
    }

    @Test
    void whatMayStillBeFoundIsNotSubmittedOnceMore() {
        stored(unconfirmed(Duration.ofMinutes(9)));

        assertThat(rows.resubmit(ID)).isFalse();
        assertThat(store.writes()).isEqualTo(1);
    }

    @Test
    void whatHasAPredictionIsNotSubmittedOnceMore() {
        stored(processing(Duration.ofHours(1)));

        assertThat(rows.resubmit(ID)).isFalse();
        assertThat(store.writes()).isEqualTo(1);
    }

    @Test
    void aStuckRowIsEnded() {
        stored(unconfirmed(Duration.ofMinutes(11)));

        assertThat(rows.fail(ID)).isTrue();

        assertThat(store.find(ID).orElseThrow().dueAt()).isNull();
        assertThat(state())
                .isInstanceOfSatisfying(
                        State.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo("failed_by_operator"));
    }

    @Test
    void whatIsOnItsWayIsNotEnded() {
        stored(processing(Duration.ofMinutes(1)));

        assertThat(rows.fail(ID)).isFalse();
        assertThat(store.writes()).isEqualTo(1);
    }

    @Test
    void whatHasEndedIsNotEndedAgain() {
        stored(processing(Duration.ofHours(1)).completed(completed(Duration.ZERO)));

        assertThat(rows.fail(ID)).isFalse();
        assertThat(store.writes()).isEqualTo(1);
    }

    @Test
    void whoeverWasFirstWins() {
        var row = unconfirmed(Duration.ofMinutes(11));
        stored(row);
        var found = row.submitted(PREDICTION, NOW, NOW);
        store.beforeUpdate(next -> {
            store.beforeUpdate(_ -> {});
            store.update(found);
        });

        assertThat(rows.resubmit(ID)).isFalse();

        assertThat(store.find(ID)).contains(found);
    }

    @Test
    void whatIsNotThereIsNotChanged() {
        assertThat(rows.resubmit(ID)).isFalse();
        assertThat(rows.fail(ID)).isFalse();
    }

    private void stored(Generation row) {
        store.clear();
        store.create(row);
    }

    private List<String> lines() {
        return rows.lines(Stream.of(ID.value()));
    }

    private State state() {
        return store.find(ID).orElseThrow().state();
    }

    private static Generation row(Duration age) {
        return row(ID, age);
    }

    private static Generation row(GenerationId id, Duration age) {
        return Generation.submitting(
                id, CALLER, REQUEST, claim(age), NOW.minus(age).plusSeconds(2));
    }

    private static Generation queued(GenerationId id, Duration age) {
        return Generation.queued(id, CALLER, REQUEST, NOW.minus(age), 3);
    }

    private static State.Submitting claim(Duration age) {
        var claim = TestClaims.claim("claim", NOW.minus(age));
        return new State.Submitting(claim.attempt(), NOW.minus(age).plus(CLAIM));
    }

    private static Generation unconfirmed(Duration age) {
        return unconfirmed(ID, age);
    }

    private static Generation unconfirmed(GenerationId id, Duration age) {
        return row(id, age).unconfirmed(new State.Unconfirmed(claim(age).attempt(), "HTTP 504"), NOW);
    }

    private static Generation processing(Duration age) {
        return row(age).submitted(PREDICTION, NOW.minus(age), NOW).postponed(NOW);
    }

    private static Generation waiting(Duration age) {
        return row(age).queued(State.Queued.at(4).refused("HTTP 429", NOW));
    }

    private static State.Completed completed(Duration age) {
        return new State.Completed(
                PREDICTION, List.of(new Output("https://x/1.png", false)), Duration.ZERO, NOW.minus(age));
    }
}
