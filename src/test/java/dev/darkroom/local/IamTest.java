package dev.darkroom.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "submit-generation, keys, false",
        "nobody, keys, false",
        "local, keys, true"
    })
    void anItemIsReadByThoseWhoMay(String principal, String key, boolean allowed) {
        assertThat(iam.allows(principal, new Access("dynamodb:GetItem", TABLE, Set.of(key))))
                .isEqualTo(allowed);
    }

    @Test
    void theAuthorizerMayNotReadWithoutSayingWhat() {
        assertThat(iam.allows("authorize", Access.to("dynamodb:GetItem", TABLE)))
                .isFalse();
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
