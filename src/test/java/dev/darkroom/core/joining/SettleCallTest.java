package dev.darkroom.core.joining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.simulation.Calls;
import dev.darkroom.simulation.RemoteCallStore;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SettleCallTest {

    private final CoreFixture core = new CoreFixture();

    @Test
    void theHolderIsAnsweredAskAgainThoughARetryHasJoinedMeanwhile() {
        var call = open(0);
        open(1);

        boolean asksAgain = core.settleCall.askAgain(call);

        assertThat(asksAgain).isTrue();
        assertThat(open(0).generation()).isEqualTo(call.generation());
    }

    @Test
    void aRetryThatJoinedIsAnsweredAskAgainAndLeavesTheCallToItsHolder() {
        var call = open(0);
        var retry = open(1);

        boolean asksAgain = core.settleCall.askAgain(retry);

        assertThat(asksAgain).isTrue();
        assertThat(open(0).generation()).isNotEqualTo(call.generation());
    }

    @Test
    void theHolderOfACallThatAnotherRequestWasAnsweredIsAnsweredTheSame() {
        var call = open(0);
        core.settleCall.answered(open(1));

        assertThat(core.settleCall.askAgain(call)).isFalse();
    }

    /** As after an attempt without an answer. */
    @Test
    void theHolderOfACallThatAnotherRequestHasTakenIsAnsweredAskAgain() {
        var call = open(0);
        core.settleCall.askAgain(call);
        core.settleCall.answered(open(0));

        assertThat(core.settleCall.askAgain(call)).isTrue();
        assertThat(open(0).generation()).isNotEqualTo(call.generation());
    }

    @Test
    void aWriteThatHadNoAnswerIsRepeated() {
        var call = open(0);

        assertThat(failing(1).askAgain(call)).isTrue();
        assertThat(open(0).generation()).isEqualTo(call.generation());
    }

    @Test
    void askAgainIsNotAnsweredUnlessItIsStored() {
        var call = open(0);

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> failing(2).askAgain(call));
    }

    @Test
    void aResultIsAnsweredThoughThatCannotBeStored() {
        var call = open(0);

        failing(2).answered(call);

        assertThat(core.events.notSettled()).containsExactly(call.generation());
        assertThat(open(1).generation()).isEqualTo(call.generation());
    }

    /** A write fails after it took effect. */
    private SettleCall failing(int times) {
        return new SettleCall(new RemoteCallStore(core.calls, new FailingCalls(times)), core.context);
    }

    private OpenCall open(int retries) {
        var command = new Command(
                CoreFixture.OWNER, CoreFixture.MODEL, "{\"prompt\": \"a cat\"}", Optional.empty(), Optional.empty());
        var client = new ClientRequest(
                "/v1/images/generations", retries, core.clock.instant().plusSeconds(25));
        return core.submitCall.submit(command, client).call().orElseThrow();
    }

    private static final class FailingCalls implements Calls {

        private int left;

        FailingCalls(int times) {
            this.left = times;
        }

        @Override
        public <T> T read(String name, Supplier<T> call) {
            return call.get();
        }

        @Override
        public <T> T write(String name, Supplier<T> call) {
            var result = call.get();
            if (left-- > 0) {
                throw new StoreUnavailableException("it has taken effect", new IllegalStateException());
            }
            return result;
        }
    }
}
