package dev.darkroom.faults.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final List<Call> CALLS = List.of(call("cat", 2), call("dog", 1), call("dog", 1));

    private static Call call(String prompt, int images) {
        return new Call(prompt, images, Optional.empty());
    }

    private static Account account(Client client, List<Outcome> outcomes, Map<String, String> charged) {
        return Account.of(client, CALLS, outcomes, charged);
    }

    private static Outcome outcome(int call, String... images) {
        return new Outcome(call, 1, List.of(images), images.length == 0 ? "503" : "");
    }

    @Test
    void whatIsChargedAndReachedNoClientIsLeft() {
        var outcomes = List.of(outcome(0, "a", "b"), outcome(1, "c"), outcome(2));
        var charged = Map.of("a", "cat", "b", "cat", "c", "dog", "d", "dog");

        var account = account(Client.OPENAI, outcomes, charged);

        assertThat(account).isEqualTo(new Account(3, 4, 4, 3, 0, Map.of("503", 1L), List.of()));
        assertThat(account.left()).isEqualTo(1);
    }

    @Test
    void imagesThatTwoCallsGotAreSharedAndTheirOthersAreLeft() {
        var outcomes = List.of(outcome(0, "a", "b"), outcome(1, "c"), outcome(2, "c"));
        var charged = Map.of("a", "cat", "b", "cat", "c", "dog", "d", "dog");

        var account = account(Client.OPENAI, outcomes, charged);

        assertThat(account.problems()).isEmpty();
        assertThat(account.shared()).isEqualTo(1);
        assertThat(account.left()).isEqualTo(1);
    }

    @Test
    void aSecondChargeOfACallIsAProblemWhereItsRetriesAreRecognised() {
        var outcomes = List.of(outcome(0, "a", "b"), outcome(1, "c"), outcome(2, "d"));
        var charged = Map.of("a", "cat", "b", "cat", "c", "dog", "d", "dog", "e", "dog");

        assertThat(account(Client.OPENAI, outcomes, charged).problems())
                .containsExactly("charged more images than its calls wanted: dog=3");
        assertThat(account(Client.AI_SDK_COMPATIBLE_WITH_KEY, outcomes, charged).problems())
                .isNotEmpty();
        assertThat(account(Client.AI_SDK_OPENAI, outcomes, charged).problems()).isEmpty();
    }

    @Test
    void anImageThatWasNeverChargedIsAProblem() {
        var outcomes = List.of(outcome(0, "a", "x"), outcome(1, "c"), outcome(2));
        var charged = Map.of("a", "cat", "b", "cat", "c", "dog");

        var account = account(Client.OPENAI, outcomes, charged);

        assertThat(account.problems()).containsExactly("delivered, and charged to no call: x");
    }

    @Test
    void aCallWithoutAnOutcomeIsAProblem() {
        var account = account(Client.OPENAI, List.of(outcome(0, "a", "b")), Map.of("a", "cat", "b", "cat"));

        assertThat(account.problems()).containsExactly("3 calls, and 1 outcomes");
    }
}
