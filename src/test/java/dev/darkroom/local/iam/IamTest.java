package dev.darkroom.local.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.local.Platform;
import dev.darkroom.local.declared.Arns;
import dev.darkroom.local.declared.ServerlessFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions of the declared policies on access requests. */
class IamTest {

    private static final String TABLE = Arns.table(Platform.TABLE);
    private static final String KEYS_INDEX = Arns.index(Platform.TABLE, "keys");
    private static final String INDEX = Arns.index(Platform.TABLE, "due");
    private static final String OWNER_INDEX = Arns.index(Platform.TABLE, "byOwner");

    private final Iam iam = new ServerlessFile(Path.of("").toAbsolutePath()).iam();

    @ParameterizedTest
    @CsvSource({
        "submit-generation, key#0123456789abcdef, true",
        "submit-generation, 0123456789abcdef0123456789abcdef, true",
        "get-generation, key#0123456789abcdef, true",
        "get-generation, 0123456789abcdef0123456789abcdef, true",
        "manage-generations, key#0123456789abcdef, true",
        "manage-generations, 0123456789abcdef0123456789abcdef, true",
        "poll-generations, 0123456789abcdef0123456789abcdef, true",
        "poll-generations, prediction#0123456789abcdef, true",
        "poll-generations, key#0123456789abcdef, false",
        "poll-generations, key#, false",
        "receive-webhook, key#0123456789abcdef, false",
        "start-generation, key#0123456789abcdef, false",
        "get-image, 0123456789abcdef0123456789abcdef, true",
        "get-image, key#0123456789abcdef, false",
        "no-function, key#0123456789abcdef, false",
        "local, key#0123456789abcdef, true"
    })
    void anItemIsReadByThoseWhoMay(String principal, String key, boolean allowed) {
        assertThat(iam.allows(principal, new AccessRequest("dynamodb:GetItem", TABLE, Set.of(key))))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get-generation", "manage-generations"})
    void aCallersKeyIsReadAlone(String principal) {
        assertThat(iam.allows(
                        principal,
                        new AccessRequest(
                                "dynamodb:BatchGetItem", TABLE, Set.of("key#0123456789abcdef", "a-generation"))))
                .isFalse();
        assertThat(iam.allows(
                        principal, new AccessRequest("dynamodb:BatchGetItem", TABLE, Set.of("key#0123456789abcdef"))))
                .isFalse();
    }

    @Test
    void aPermissionOnTheCallersKeysIsOneOfItsOwn() {
        iam.allows("get-generation", new AccessRequest("dynamodb:GetItem", TABLE, Set.of("key#0123456789abcdef")));
        iam.allows("get-generation", new AccessRequest("dynamodb:GetItem", TABLE, Set.of("a-generation")));

        assertThat(iam.used())
                .containsExactlyInAnyOrder(
                        new Permission("get-generation", "dynamodb:GetItem", TABLE),
                        new Permission("get-generation", "dynamodb:GetItem", TABLE + ", only key#*"));
        assertThat(iam.declared()).containsAll(iam.used());
    }

    @ParameterizedTest
    @CsvSource({
        "submit-generation, dynamodb:PutItem",
        "submit-generation, dynamodb:UpdateItem",
        "start-generation, dynamodb:PutItem",
        "start-generation, dynamodb:UpdateItem",
        "manage-generations, dynamodb:UpdateItem",
        "receive-webhook, dynamodb:UpdateItem",
        "poll-generations, dynamodb:UpdateItem"
    })
    void noFunctionWritesTheCallersKeys(String principal, String action) {
        assertThat(iam.allows(principal, new AccessRequest(action, TABLE, Set.of("a-generation"))))
                .isTrue();
        assertThat(iam.allows(principal, new AccessRequest(action, TABLE, Set.of("key#0123456789abcdef"))))
                .isFalse();
        assertThat(iam.allows(
                        principal, new AccessRequest(action, TABLE, Set.of("a-generation", "key#0123456789abcdef"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get-generation",
                "get-image",
                "manage-generations",
                "poll-generations",
                "receive-webhook",
                "start-generation",
                "submit-generation"
            })
    void noFunctionListsTheCallersKeys(String principal) {
        assertThat(iam.allows(principal, AccessRequest.to("dynamodb:Query", KEYS_INDEX)))
                .isFalse();
        assertThat(iam.allows(principal, AccessRequest.to("dynamodb:Scan", KEYS_INDEX)))
                .isFalse();
        assertThat(iam.allows(principal, AccessRequest.to("dynamodb:Scan", TABLE)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get-generation", "poll-generations"})
    void aReadWithoutAKeyIsRefused(String principal) {
        assertThat(iam.allows(principal, AccessRequest.to("dynamodb:GetItem", TABLE)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"get-generation, true", "manage-generations, true", "poll-generations, true", "submit-generation, false"
    })
    void listsTheComparisonWithTheBillAndRedeliveriesReadTheGenerationsOfOwners(String principal, boolean allowed) {
        assertThat(iam.allows(principal, AccessRequest.to("dynamodb:Query", OWNER_INDEX)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"dynamodb:PutItem", "dynamodb:DeleteItem"})
    void whatManagesGenerationsCreatesAndRemovesNone(String action) {
        assertThat(iam.allows("manage-generations", new AccessRequest(action, TABLE, Set.of("a-generation"))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "poll-generations, s3:PutObject, images/0123/0, true",
        "poll-generations, s3:GetObject, images/0123/0, true",
        "poll-generations, s3:DeleteObject, images/0123/0, true",
        "poll-generations, s3:PutObject, other/0123/0, false",
        "get-image, s3:GetObject, images/0123/0, true",
        "get-image, s3:GetObject, imagesx/0123/0, false",
        "get-image, s3:PutObject, images/0123/0, false",
        "get-image, s3:DeleteObject, images/0123/0, false",
        "manage-generations, s3:DeleteObject, images/0123/0, false",
        "get-generation, s3:GetObject, images/0123/0, false",
        "submit-generation, s3:GetObject, images/0123/0, true",
        "submit-generation, s3:PutObject, images/0123/0, false"
    })
    void anImageIsUsedByThoseWhoMay(String principal, String action, String key, boolean allowed) {
        assertThat(iam.allows(principal, AccessRequest.to(action, Arns.object(Platform.BUCKET, key))))
                .isEqualTo(allowed);
    }

    @Test
    void aPermissionIsUsedAsItIsDeclared() {
        iam.allows("get-image", AccessRequest.to("s3:GetObject", Arns.object(Platform.BUCKET, "images/0123/0")));

        assertThat(iam.used())
                .containsExactly(new Permission("get-image", "s3:GetObject", Arns.object(Platform.BUCKET, "images/*")));
    }

    @Test
    void imagesThatWereKeptBeforeCanStillBeReadAndDeleted() {
        var without = new ServerlessFile(Path.of("").toAbsolutePath(), Map.of("keepImages", "false")).iam();

        assertThat(without.declared()).isEqualTo(iam.declared());
    }

    @Test
    void theIndexIsNotTheTable() {
        assertThat(iam.allows("poll-generations", AccessRequest.to("dynamodb:Query", INDEX)))
                .isTrue();
        assertThat(iam.allows("poll-generations", AccessRequest.to("dynamodb:Query", TABLE)))
                .isFalse();
        assertThat(iam.allows("poll-generations", AccessRequest.to("dynamodb:GetItem", INDEX)))
                .isFalse();
    }

    @Test
    void aTaskIsAnsweredForItsOwnStateMachineOnly() {
        assertThat(iam.allows(
                        "poll-generations",
                        AccessRequest.to(
                                "states:SendTaskSuccess", Arns.stateMachine("darkroom-local-generate-image-callback"))))
                .isTrue();
        assertThat(iam.allows(
                        "poll-generations",
                        AccessRequest.to("states:SendTaskSuccess", Arns.stateMachine("other-machine"))))
                .isFalse();
    }
}
