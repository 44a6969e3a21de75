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
    private static final String INDEX = Arns.index(Platform.TABLE, "due");

    private final Iam iam = new ServerlessFile(Path.of("").toAbsolutePath()).iam();

    @ParameterizedTest
    @CsvSource({
        "authorize, keys, true",
        "authorize, 0123456789abcdef0123456789abcdef, false",
        "get-generation, 0123456789abcdef0123456789abcdef, true",
        "get-generation, keys, false",
        "poll-generations, 0123456789abcdef0123456789abcdef, true",
        "poll-generations, keys, false",
        "submit-generation, keys, false",
        "nobody, keys, false",
        "local, keys, true"
    })
    void anItemIsReadByThoseWhoMay(String principal, String key, boolean allowed) {
        assertThat(iam.allows(principal, new Access("dynamodb:GetItem", TABLE, Set.of(key))))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "submit-generation, dynamodb:PutItem",
        "submit-generation, dynamodb:UpdateItem",
        "start-generation, dynamodb:PutItem",
        "start-generation, dynamodb:UpdateItem",
        "poll-generations, dynamodb:UpdateItem"
    })
    void noFunctionWritesTheCallersKeys(String principal, String action) {
        assertThat(iam.allows(principal, new Access(action, TABLE, Set.of("a-generation"))))
                .isTrue();
        assertThat(iam.allows(principal, new Access(action, TABLE, Set.of("keys"))))
                .isFalse();
        assertThat(iam.allows(principal, new Access(action, TABLE, Set.of("a-generation", "keys"))))
                .isFalse();
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
