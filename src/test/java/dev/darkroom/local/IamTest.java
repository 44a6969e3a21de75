package dev.darkroom.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The declared policies, read and held against what is asked. */
class IamTest {

    private static final String TABLE = Arns.table(Platform.TABLE);
    private static final String KEYS_INDEX = Arns.index(Platform.TABLE, "keys");
    private static final String INDEX = Arns.index(Platform.TABLE, "due");

    private final Iam iam = new ServerlessFile(Path.of("").toAbsolutePath()).iam();

    @ParameterizedTest
    @CsvSource({
        "authorize, key#0123456789abcdef, true",
        "authorize, KEY#0123456789abcdef, false",
        "authorize, a-key#0123456789abcdef, false",
        "authorize, keys, false",
        "authorize, budget, false",
        "authorize, prediction#key#0123456789abcdef, false",
        "authorize, 0123456789abcdef0123456789abcdef, false",
        "get-generation, 0123456789abcdef0123456789abcdef, true",
        "get-generation, key#0123456789abcdef, false",
        "poll-generations, 0123456789abcdef0123456789abcdef, true",
        "poll-generations, prediction#0123456789abcdef, true",
        "poll-generations, key#0123456789abcdef, false",
        "poll-generations, key#, false",
        "receive-webhook, key#0123456789abcdef, false",
        "start-generation, key#0123456789abcdef, false",
        "submit-generation, key#0123456789abcdef, false",
        "nobody, key#0123456789abcdef, false",
        "local, key#0123456789abcdef, true"
    })
    void anItemIsReadByThoseWhoMay(String principal, String key, boolean allowed) {
        assertThat(iam.allows(principal, new Access("dynamodb:GetItem", TABLE, Set.of(key))))
                .isEqualTo(allowed);
    }

    @Test
    void oneKeyAmongOthersIsOneTooMany() {
        var keys = Set.of("key#0123456789abcdef", "budget");

        assertThat(iam.allows("authorize", new Access("dynamodb:GetItem", TABLE, keys)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "authorize, dynamodb:PutItem",
        "authorize, dynamodb:UpdateItem",
        "authorize, dynamodb:DeleteItem",
        "submit-generation, dynamodb:PutItem",
        "submit-generation, dynamodb:UpdateItem",
        "start-generation, dynamodb:PutItem",
        "start-generation, dynamodb:UpdateItem",
        "receive-webhook, dynamodb:UpdateItem",
        "poll-generations, dynamodb:UpdateItem"
    })
    void noFunctionWritesTheCallersKeys(String principal, String action) {
        assertThat(iam.allows(principal, new Access(action, TABLE, Set.of("a-generation"))))
                .isEqualTo(!principal.equals("authorize"));
        assertThat(iam.allows(principal, new Access(action, TABLE, Set.of("key#0123456789abcdef"))))
                .isFalse();
        assertThat(iam.allows(principal, new Access(action, TABLE, Set.of("a-generation", "key#0123456789abcdef"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorize",
                "get-generation",
                "poll-generations",
                "receive-webhook",
                "start-generation",
                "submit-generation"
            })
    void noFunctionListsTheCallersKeys(String principal) {
        assertThat(iam.allows(principal, Access.to("dynamodb:Query", KEYS_INDEX)))
                .isFalse();
        assertThat(iam.allows(principal, Access.to("dynamodb:Scan", KEYS_INDEX)))
                .isFalse();
        assertThat(iam.allows(principal, Access.to("dynamodb:Scan", TABLE))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorize", "get-generation", "poll-generations"})
    void nobodyMayReadWithoutSayingWhat(String principal) {
        assertThat(iam.allows(principal, Access.to("dynamodb:GetItem", TABLE))).isFalse();
    }

    @Test
    void theIndexIsNotTheTable() {
        assertThat(iam.allows("poll-generations", Access.to("dynamodb:Query", INDEX)))
                .isTrue();
        assertThat(iam.allows("poll-generations", Access.to("dynamodb:Query", TABLE)))
                .isFalse();
        assertThat(iam.allows("poll-generations", Access.to("dynamodb:GetItem", INDEX)))
                .isFalse();
    }

    @Test
    void aTaskIsAnsweredForItsOwnStateMachineOnly() {
        assertThat(iam.allows(
                        "poll-generations",
                        Access.to(
                                "states:SendTaskSuccess", Arns.stateMachine("darkroom-local-generate-image-callback"))))
                .isTrue();
        assertThat(iam.allows(
                        "poll-generations", Access.to("states:SendTaskSuccess", Arns.stateMachine("somebody-elses"))))
                .isFalse();
    }
}
