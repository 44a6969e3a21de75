package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.joining.CallKey;
import dev.darkroom.core.joining.CallRecord;
import dev.darkroom.core.joining.CallState;
import dev.darkroom.core.joining.CallStore;
import dev.darkroom.core.joining.CallStore.Change;
import dev.darkroom.core.joining.ClientCall;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of every {@link CallStore}. */
abstract class CallStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(25);

    private final CallKey key = new CallKey(unique() + unique());
    private final ClientCall begun = begun();

    abstract CallStore store();

    @Test
    void aKeyWithoutCallsHasAnEmptyRecord() {
        assertThat(store().find(key)).isEqualTo(CallRecord.EMPTY);
    }

    @Test
    void aCallIsAdded() {
        var change = store().addUnlessOwed(key, begun);

        assertThat(change).isEqualTo(new Change(true, new CallRecord(List.of(begun))));
        assertThat(store().find(key)).isEqualTo(new CallRecord(List.of(begun)));
        assertThat(store().find(new CallKey(unique() + unique()))).isEqualTo(CallRecord.EMPTY);
    }

    @Test
    void anotherCallIsAddedBesideOneInProgressOrAnswered() {
        var second = begun();
        var third = begun();
        store().add(key, begun);
        store().answer(key, begun.generation(), LATER, Set.of());
        store().addUnlessOwed(key, second);

        var change = store().addUnlessOwed(key, third);

        assertThat(change.isMade()).isTrue();
        assertThat(change.record().calls()).contains(second, third).hasSize(3);
    }

    @Test
    void anAdditionThatIsRepeatedIsMadeOnce() {
        store().addUnlessOwed(key, begun);

        assertThat(store().addUnlessOwed(key, begun)).isEqualTo(new Change(true, new CallRecord(List.of(begun))));
        assertThat(store().add(key, begun)).isEqualTo(new Change(true, new CallRecord(List.of(begun))));
    }

    @Test
    void besideAnOwedCallOneIsAddedOnlyInAnyCase() {
        var owed = owed(begun);
        var other = begun();
        store().add(key, begun);
        store().replace(key, begun, owed);

        assertThat(store().addUnlessOwed(key, other)).isEqualTo(new Change(false, new CallRecord(List.of(owed))));
        assertThat(store().add(key, other)).isEqualTo(new Change(true, new CallRecord(List.of(owed, other))));
    }

    @Test
    void anOwedCallThatWasTakenStillIsNoReasonToBegin() {
        var owed = owed(begun);
        store().add(key, begun);
        store().replace(key, begun, owed);

        store().replace(key, owed, taken(owed, "second"));

        assertThat(store().addUnlessOwed(key, begun()).isMade()).isFalse();
    }

    @Test
    void anOwedCallIsTakenByOneRequest() {
        var owed = owed(begun);
        var taken = taken(owed, "second");
        store().add(key, begun);
        store().replace(key, begun, owed);
        store().replace(key, owed, taken);

        var change = store().replace(key, owed, taken(owed, "third"));

        assertThat(change).isEqualTo(new Change(false, new CallRecord(List.of(taken))));
    }

    @Test
    void aCallThatWasAnsweredOrJoinedIsNotReplaced() {
        var owed = owed(begun);
        var other = begun();
        store().add(key, begun);
        store().answer(key, begun.generation(), LATER, Set.of());
        store().add(key, other);
        store().joinAnyway(key, other.generation());

        assertThat(store().replace(key, begun, owed).isMade()).isFalse();
        assertThat(store().replace(key, other, owed(other)).isMade()).isFalse();
        assertThat(store().find(key).calls())
                .containsExactly(new ClientCall(other.generation(), 2, other.state()), answered(begun, LATER));
    }

    @Test
    void aReplacementThatIsRepeatedIsMadeOnce() {
        var owed = owed(begun);
        store().add(key, begun);
        store().replace(key, begun, owed);

        assertThat(store().replace(key, begun, owed)).isEqualTo(new Change(true, new CallRecord(List.of(owed))));
    }

    @Test
    void aCallThatIsGoneIsNotReplaced() {
        assertThat(store().replace(key, begun, owed(begun))).isEqualTo(new Change(false, CallRecord.EMPTY));
        assertThat(store().addUnlessOwed(key, begun()).isMade()).isTrue();
    }

    @Test
    void ofTwoRequestsThatSawTheSameCallOneJoins() {
        var joined = new ClientCall(begun.generation(), 2, begun.state());
        store().add(key, begun);

        assertThat(store().join(key, begun)).isEqualTo(new Change(true, new CallRecord(List.of(joined))));
        assertThat(store().join(key, begun)).isEqualTo(new Change(false, new CallRecord(List.of(joined))));
    }

    @Test
    void anyNumberOfRequestsJoinsAnyway() {
        store().add(key, begun);
        store().joinAnyway(key, begun.generation());

        var change = store().joinAnyway(key, begun.generation());

        assertThat(change)
                .isEqualTo(new Change(
                        true, new CallRecord(List.of(new ClientCall(begun.generation(), 3, begun.state())))));
    }

    @Test
    void aCallThatIsGoneIsNotJoined() {
        store().add(key, begun);
        store().remove(key, begun.generation());

        assertThat(store().join(key, begun)).isEqualTo(new Change(false, CallRecord.EMPTY));
        assertThat(store().joinAnyway(key, begun.generation())).isEqualTo(new Change(false, CallRecord.EMPTY));
    }

    @Test
    void anAnswerEndsACallWhateverItsStateIs() {
        var owed = owed(begun);
        var other = begun();
        store().add(key, begun);
        store().add(key, other);
        store().replace(key, begun, owed);

        store().answer(key, begun.generation(), LATER, Set.of());
        store().answer(key, other.generation(), LATER.plusSeconds(1), Set.of());
        store().answer(key, other.generation(), LATER.plusSeconds(1), Set.of());

        assertThat(store().find(key))
                .isEqualTo(new CallRecord(List.of(answered(begun, LATER), answered(other, LATER.plusSeconds(1)))));
        assertThat(store().addUnlessOwed(key, begun()).isMade()).isTrue();
    }

    @Test
    void anAnswerRemovesWhatIsForgotten() {
        var owed = owed(begun);
        var other = begun();
        var answered = begun();
        store().add(key, begun);
        store().replace(key, begun, owed);
        store().add(key, other);
        store().add(key, answered);

        store().answer(key, answered.generation(), LATER, Set.of(begun.generation(), other.generation()));

        assertThat(store().find(key)).isEqualTo(new CallRecord(List.of(answered(answered, LATER))));
        assertThat(store().addUnlessOwed(key, begun()).isMade()).isTrue();
    }

    @Test
    void manyCallsAreForgottenAtOnce() {
        var forgotten = new HashSet<GenerationId>();
        for (int i = 0; i < 100; i++) {
            var call = begun();
            forgotten.add(call.generation());
            store().add(key, call);
        }
        store().add(key, begun);

        store().answer(key, begun.generation(), LATER, forgotten);

        assertThat(store().find(key)).isEqualTo(new CallRecord(List.of(answered(begun, LATER))));
    }

    @Test
    void anAnswerToACallThatIsGoneChangesNothing() {
        store().answer(key, begun.generation(), LATER, Set.of());

        assertThat(store().find(key)).isEqualTo(CallRecord.EMPTY);
    }

    @Test
    void aCallThatIsRemovedOwesNothing() {
        store().add(key, begun);
        store().replace(key, begun, owed(begun));

        store().remove(key, begun.generation());
        store().remove(key, begun.generation());

        assertThat(store().find(key)).isEqualTo(CallRecord.EMPTY);
        assertThat(store().addUnlessOwed(key, begun()).isMade()).isTrue();
    }

    private static ClientCall begun() {
        return new ClientCall(
                new GenerationId(unique()), 1, new CallState.Held(NOW, "first", NOW.plusSeconds(30), false));
    }

    private static ClientCall owed(ClientCall call) {
        return new ClientCall(call.generation(), call.requests(), new CallState.Owed(NOW, "first", LATER));
    }

    private static ClientCall taken(ClientCall call, String holder) {
        return new ClientCall(
                call.generation(), call.requests() + 1, new CallState.Held(NOW, holder, LATER.plusSeconds(30), true));
    }

    private static ClientCall answered(ClientCall call, Instant at) {
        return new ClientCall(call.generation(), call.requests(), new CallState.Answered(call.holder(), at));
    }

    private static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
