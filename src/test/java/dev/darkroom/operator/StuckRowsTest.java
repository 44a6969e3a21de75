package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
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
    private static final Owner OWNER = new Owner("acme");
    private static final GenerationRequest REQUEST = new GenerationRequest(
            new ModelId("wavespeed-ai/imagen4"), new ProviderId("wavespeed"), "{\"prompt\":\"a cat\"}");
    private static final Money PRICE = new Money(40_000);
    private static final PredictionId PREDICTION = new PredictionId("p1");
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final InMemoryGenerationStore store = new InMemoryGenerationStore(1);
    private final StuckRows rows = new StuckRows(store, InstantSource.fixed(NOW));

    @Test
    void aRowInProgressIsNotListed() {
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

        assertThat(lines()).singleElement().asString().contains("poll", "prediction p1 has been running since");
    }

    @Test
    void aRowThatIsQueuedForLongIsListed() {
        stored(waiting(Duration.ofMinutes(61)));

        assertThat(lines())
                .singleElement()
                .asString()
                .contains("submit", "has been queued since", "the provider refused it: HTTP 429");
    }

    @Test
    void anOverdueRowIsListedInAnyState() {
        var row = row(Duration.ofMinutes(6));
        stored(row);

        assertThat(lines())
                .singleElement()
                .asString()
                .contains("SUBMITTING", "has been due since %s, but no sweep advances it".formatted(row.dueAt()));
    }

    @Test
    void aTaskThatCannotBeNotifiedIsListedWithTheOutcome() {
        stored(failedWithATask(Duration.ofMinutes(11)));

        assertThat(lines())
                .singleElement()
                .asString()
                .contains("notify task", "failed at", "content_moderated, but not done yet: notify task")
                .doesNotContain("a-token");
    }

    @Test
    void aTaskThatCannotBeNotifiedOfACancellationIsListed() {
        var cancelled = queued(ID, Duration.ofMinutes(20))
                .owing(List.of(new FollowUp.NotifyTask(new TaskToken("a-token"))))
                .cancelled(NOW.minus(Duration.ofMinutes(11)));
        stored(cancelled.withFollowUps(List.of(cancelled.followUps().getFirst().failed(NOW.minusSeconds(2)))));

        assertThat(lines()).singleElement().asString().contains("cancelled at", "but not done yet: notify task");
    }

    @Test
    void aTaskThatHasToBeNotifiedIsNotListedSoonAfterTheEnd() {
        stored(failedWithATask(Duration.ofMinutes(9)));

        assertThat(lines()).isEmpty();
    }

    /** Its notification has just failed, and is due again. */
    private static Generation failedWithATask(Duration ago) {
        var ended = processing(Duration.ofMinutes(20))
                .withFollowUp(new FollowUp.NotifyTask(new TaskToken("a-token")), NOW)
                .failed(new Failure("content_moderated", "text"), NOW.minus(ago));
        return ended.withFollowUps(List.of(ended.followUps().getFirst().failed(NOW.minusSeconds(2))));
    }

    /** The sweep postpones the row while its copies run. */
    @Test
    void aTaskThatWaitsForTheCopiesOfAGenerationIsNotListed() {
        stored(failedWithATask(Duration.ofHours(20)).postponed(NOW.plusSeconds(60)));

        assertThat(lines()).isEmpty();
    }

    @Test
    void aCopyIsListedWithItsGeneration() {
        var copy = ofFour(Duration.ofMinutes(61)).copy(1, 3);
        store.create(copy);

        assertThat(rows.lines(Stream.of(copy.id().value())))
                .singleElement()
                .asString()
                .startsWith(copy.id().value())
                .endsWith("; copy of " + ID);
    }

    /** A sweep that is about to store the other copies finds them ended. */
    @Test
    void aWaitingRowIsEndedWithTheCopiesThatAreNotStoredYet() {
        var original = ofFour(Duration.ofMinutes(61));
        stored(original);
        store.create(original.copy(2, 3));

        assertThat(rows.fail(ID)).isTrue();

        assertThat(original.copyIds())
                .extracting(id -> store.find(id).orElseThrow().state().status())
                .containsExactly(Status.FAILED, Status.QUEUED, Status.FAILED);
        assertThat(state().status()).isEqualTo(Status.FAILED);
    }

    private static Generation ofFour(Duration age) {
        var request = new GenerationRequest(REQUEST.model(), REQUEST.provider(), REQUEST.input(), 4, Metadata.NONE);
        return Generation.queued(ID, OWNER, request, NOW.minus(age), 3);
    }

    /** A readable queued row is listed only after an hour, but this one is never submitted. */
    @Test
    void aQueuedRowThatCannotBeReadIsListed() {
        stored(queued(ID, Duration.ofSeconds(5)));
        store.damage(ID);

        assertThat(lines()).containsExactly("00000000000000000000000000000001  cannot be read: damaged");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no-id", "?", "gate", "0000000000000000000000000000000G", "000000000000000000000000000000001"})
    void anEntryOfTheIndexWithoutAValidIdIsListed(String key) {
        assertThat(rows.lines(Stream.of(key)))
                .containsExactly(key + "  is in the index and is not the id of a generation");
    }

    @Test
    void unreadableRowsAreListedFirstAndHideNoOther() {
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
                .isEqualTo(
                        State.Queued.resubmission(claim(Duration.ofMinutes(11)).attempt()));
    }

    @Test
    void aPredictionThatMayStillBeFoundIsNotPaidForAgain() {
        stored(unconfirmed(Duration.ofMinutes(9)));

        assertThat(rows.resubmit(ID)).isFalse();
        assertThat(store.writes()).isEqualTo(1);
    }

    @Test
    void aRowWithAPredictionIsNotResubmitted() {
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
    void aRowInProgressIsNotEnded() {
        stored(processing(Duration.ofMinutes(1)));

        assertThat(rows.fail(ID)).isFalse();
        assertThat(store.writes()).isEqualTo(1);
    }

    @Test
    void anEndedRowIsNotEndedAgain() {
        stored(processing(Duration.ofHours(1)).completed(completed(Duration.ZERO)));

        assertThat(rows.fail(ID)).isFalse();
        assertThat(store.writes()).isEqualTo(1);
    }

    @Test
    void whatAPersonFoundOnTheBillIsCharged() {
        stored(failedAfterItWasSent());

        assertThat(rows.settle(ID, PRICE)).isTrue();

        assertThat(cost().state()).isEqualTo(Cost.State.CHARGED);
        assertThat(cost().charged()).isEqualTo(PRICE);
    }

    @Test
    void aPriceThatWasNeverBilledIsReleased() {
        stored(failedAfterItWasSent());

        assertThat(rows.settle(ID, Money.ZERO)).isTrue();

        assertThat(cost().state()).isEqualTo(Cost.State.RELEASED);
    }

    @Test
    void aSettledRowIsCorrected() {
        stored(failedAfterItWasSent().billed(PRICE));

        assertThat(rows.correct(ID, new Money(30_000))).isTrue();

        assertThat(cost().charged()).isEqualTo(new Money(30_000));
    }

    @Test
    void aRowThatRunsIsNotCorrected() {
        stored(priced(unconfirmed(Duration.ofMinutes(11))));

        assertThat(rows.correct(ID, PRICE)).isFalse();
    }

    @Test
    void onlyARowThatHasEndedAndIsNotSettledIsCharged() {
        stored(priced(unconfirmed(Duration.ofMinutes(11))));

        assertThat(rows.settle(ID, PRICE)).isFalse();

        stored(failedAfterItWasSent().billed(PRICE));

        assertThat(rows.settle(ID, Money.ZERO)).isFalse();
        assertThat(cost().charged()).isEqualTo(PRICE);
    }

    @Test
    void theFirstWriterWins() {
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
    void aMissingRowIsNotChanged() {
        assertThat(rows.resubmit(ID)).isFalse();
        assertThat(rows.fail(ID)).isFalse();
    }

    private static Generation failedAfterItWasSent() {
        return priced(unconfirmed(Duration.ofMinutes(11)))
                .failed(new Failure("submission_unconfirmed", "no prediction was found"), NOW);
    }

    private static Generation priced(Generation row) {
        return row.costing(Cost.held(PRICE, 1, List.of(), 1));
    }

    private Cost cost() {
        return store.find(ID).flatMap(Generation::knownCost).orElseThrow();
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
                id, OWNER, REQUEST, claim(age), NOW.minus(age).plusSeconds(2));
    }

    private static Generation queued(GenerationId id, Duration age) {
        return Generation.queued(id, OWNER, REQUEST, NOW.minus(age), 3);
    }

    private static State.Submitting claim(Duration age) {
        var claim = TestClaims.claim("claim", NOW.minus(age));
        return new State.Submitting(claim.attempt(), NOW.minus(age).plus(CLAIM));
    }

    private static Generation unconfirmed(Duration age) {
        return unconfirmed(ID, age);
    }

    private static Generation unconfirmed(GenerationId id, Duration age) {
        return row(id, age).unconfirmed(new State.Unconfirmed(claim(age).attempt(), "HTTP 504"), NOW, NOW);
    }

    private static Generation processing(Duration age) {
        return row(age).submitted(PREDICTION, NOW.minus(age), NOW).postponed(NOW);
    }

    private static Generation waiting(Duration age) {
        return row(age).queued(State.Queued.at(4).refused("HTTP 429", NOW), Event.REFUSED.at(NOW));
    }

    private static State.Completed completed(Duration age) {
        return new State.Completed(
                PREDICTION, List.of(new Output("https://x/1.png", false)), Duration.ZERO, NOW.minus(age));
    }
}
