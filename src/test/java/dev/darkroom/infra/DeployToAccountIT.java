package dev.darkroom.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.infra.FakeAccount.Ended;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code make deploy} checks in the account before it changes anything. */
class DeployToAccountIT {

    private static final String TABLE = "{\"Table\": {\"TableName\": \"darkroom-dev-generations\"}}";
    private static final String STACK = "{\"Stacks\": [{\"StackStatus\": \"UPDATE_COMPLETE\"}]}";

    @SuppressWarnings("NullAway.Init")
    private FakeAccount account;

    @BeforeEach
    void project(@TempDir Path folder) throws IOException {
        account = new FakeAccount(folder);
    }

    @Test
    void aFirstDeploymentGoesOn() throws IOException, InterruptedException {
        var ended = account.deploy();

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).startsWith("Stage dev in us-east-1 (the default) of the account 123456789012.\n");
        assertThat(ended.deployment()).singleElement().asString().contains("osls deploy --region us-east-1");
    }

    @Test
    void aFurtherDeploymentGoesOn() throws IOException, InterruptedException {
        account.says("cloudformation describe-stacks", STACK)
                .says("dynamodb describe-table", TABLE)
                .says("cloudformation describe-stack-resource", resource("UPDATE_COMPLETE"))
                .says(
                        "lambda get-function-configuration",
                        "{\"PackageType\": \"Zip\", \"Runtime\": \"provided.al2023\"}");

        assertThat(account.deploy().deployment()).hasSize(1);
    }

    @Test
    void allCallsGoToTheRegionOfTheDeployment() throws IOException, InterruptedException {
        var ended = account.with("AWS_DEFAULT_REGION", "eu-central-1").deploy();

        assertThat(ended.output()).contains("Stage dev in eu-central-1 (AWS_DEFAULT_REGION)");
        assertThat(ended.calls())
                .filteredOn(call -> call.startsWith("aws "))
                .isNotEmpty()
                .allMatch(call -> call.contains(" --region eu-central-1 "));
        assertThat(ended.deployment()).singleElement().asString().contains("--region eu-central-1");
    }

    @Test
    void aSecretThatIsNotInTheRegionIsMissing() throws IOException, InterruptedException {
        account.fails(
                        "secretsmanager get-secret-value",
                        "ResourceNotFoundException",
                        "can't find the specified secret.")
                .with("REGION", "eu-west-1");

        assertThat(refused(account.deploy()))
                .contains("There is no secret darkroom/wavespeed-api-key in eu-west-1.")
                .contains(
                        "\n  aws secretsmanager create-secret --region eu-west-1 --name darkroom/wavespeed-api-key --secret-string \"$DARKROOM_WAVESPEED_API_KEY\"\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            InvalidRequestException   | because it was marked for deletion.                    | aws secretsmanager restore-secret --region us-east-1 --secret-id darkroom/wavespeed-api-key
            ResourceNotFoundException | can't find the specified secret value for staging label: AWSCURRENT | has no such value
            AccessDeniedException     | not authorized to perform: kms:Decrypt                 | cannot be read, so it cannot be checked
            """)
    void aSecretThatCannotBeReadIsNamed(String code, String message, String named)
            throws IOException, InterruptedException {
        account.fails("secretsmanager get-secret-value", code, message);

        assertThat(refused(account.deploy())).contains("darkroom/wavespeed-api-key", named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"SecretString\": \"\"}",
                "{\"SecretString\": \"a key\"}",
                "{\"SecretString\": \"ключ\"}",
                "{\"SecretBinary\": \"YQ==\"}"
            })
    void aSecretThatIsNotAKeyIsRefusedAndNotShown(String secret) throws IOException, InterruptedException {
        account.says("secretsmanager get-secret-value", secret);

        assertThat(refused(account.deploy()))
                .contains("has characters other than visible ASCII", "put-secret-value --region us-east-1")
                .doesNotContain("a key", "ключ", "YQ==");
    }

    /** The functions strip the line break. */
    @Test
    void aLineBreakAtTheEndOfASecretIsAccepted() throws IOException, InterruptedException {
        account.says("secretsmanager get-secret-value", "{\"SecretString\": \"the-key\\n\"}");

        assertThat(account.deploy().deployment()).hasSize(1);
    }

    @Test
    void aSecretOfJsonNeedsTheNameOfItsField() throws IOException, InterruptedException {
        account.says("secretsmanager get-secret-value", "{\"SecretString\": \"{\\\"wavespeed\\\": \\\"the-key\\\"}\"}");

        assertThat(refused(account.deploy())).contains("is JSON. Name the field");
        assertThat(refused(account.deploy("providerKeySecret=shared", "providerKeyField=waverunner")))
                .contains("The secret shared in us-east-1 is not a JSON object with a text waverunner");
        assertThat(account.deploy("providerKeySecret=shared", "providerKeyField=wavespeed")
                        .deployment())
                .hasSize(1);
    }

    @Test
    void theSecretOfAnArnIsAskedForByIt() throws IOException, InterruptedException {
        var arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:wavespeed-AbCdEf";

        var ended = account.deploy("providerKeyArn=" + arn);

        assertThat(ended.calls())
                .contains("aws secretsmanager get-secret-value --secret-id %s --region us-east-1 --output json"
                        .formatted(arn));
    }

    @Test
    void theSecretOfWebhooksIsCheckedToo() throws IOException, InterruptedException {
        var ended = account.deploy(
                "publicUrl=https://x.example", "webhookSecret={{resolve:secretsmanager:webhooks:SecretString}}");

        assertThat(ended.calls())
                .anyMatch(call -> call.startsWith("aws secretsmanager get-secret-value --secret-id webhooks "));
    }

    /** A first deployment that was rolled back leaves an empty table. */
    @ParameterizedTest
    @ValueSource(strings = {"DELETE_SKIPPED", "DELETE_COMPLETE"})
    void anEmptyTableOutsideOfTheStackIsToBeDeleted(String status) throws IOException, InterruptedException {
        account.says(
                        "cloudformation describe-stacks",
                        "{\"Stacks\": [{\"StackStatus\": \"UPDATE_ROLLBACK_COMPLETE\"}]}")
                .says("cloudformation describe-stack-resource", resource(status))
                .says("dynamodb describe-table", TABLE)
                .says("dynamodb scan", "{\"Count\": 0, \"ScannedCount\": 0}");

        assertThat(refused(account.deploy()))
                .contains(
                        "The table darkroom-dev-generations already exists in us-east-1 and does not belong to the stack darkroom-dev")
                .contains(
                        "\n  aws dynamodb update-table --region us-east-1 --table-name darkroom-dev-generations --no-deletion-protection-enabled\n",
                        "\n  aws dynamodb delete-table --region us-east-1 --table-name darkroom-dev-generations\n")
                .doesNotContain("IMPORT");
    }

    /** {@code make remove} leaves the table. */
    @Test
    void aTableWithItemsCanBeImported() throws IOException, InterruptedException {
        account.says("dynamodb describe-table", TABLE).says("dynamodb scan", "{\"Count\": 1, \"ScannedCount\": 1}");

        assertThat(refused(account.deploy()))
                .contains("To keep what is left, take it into the stack")
                .contains("\n  make adopt STAGE=dev REGION=us-east-1\n  make deploy STAGE=dev REGION=us-east-1\n")
                .doesNotContain("make remove");
    }

    @Test
    void anUnreadableTableCountsAsOneWithItems() throws IOException, InterruptedException {
        account.says("cloudformation describe-stacks", STACK)
                .says("dynamodb describe-table", TABLE)
                .fails("dynamodb scan", "AccessDeniedException", "no");

        assertThat(refused(account.deploy())).contains("It has items", "\n  make adopt STAGE=dev REGION=us-east-1\n");
    }

    /** An empty table beside the images of a removed stage is not to be deleted alone. */
    @Test
    void anEmptyTableBesideABucketIsAdopted() throws IOException, InterruptedException {
        account.says("dynamodb describe-table", TABLE)
                .says("dynamodb scan", "{\"Count\": 0, \"ScannedCount\": 0}")
                .says("s3api head-bucket", "{}");

        assertThat(refused(account.deploy())).contains("It is empty. To keep what is left", "make adopt STAGE=dev");
    }

    @Test
    void aBucketAloneIsAdoptedOrDeleted() throws IOException, InterruptedException {
        account.says("s3api head-bucket", "{}");

        assertThat(refused(account.deploy()))
                .contains("The bucket darkroom-dev-123456789012-us-east-1 already exists in us-east-1")
                .contains("\n  make adopt STAGE=dev REGION=us-east-1\n")
                .contains("\n  aws s3 rb --region us-east-1 s3://darkroom-dev-123456789012-us-east-1 --force")
                .doesNotContain("darkroom-dev-generations");
    }

    /** Another stage may have the same name and more. */
    @Test
    void theLogGroupsOfAnotherStageAreNotInTheWay() throws IOException, InterruptedException {
        account.says(
                "logs describe-log-groups",
                "{\"logGroups\": [{\"logGroupName\": \"/aws/lambda/darkroom-dev-2-get-image\"}]}");

        assertThat(account.deploy().deployment()).hasSize(1);
    }

    @Test
    void withoutImagesABucketIsNotAskedFor() throws IOException, InterruptedException {
        account.says("s3api head-bucket", "{}");

        var ended = account.deploy("keepImages=false");

        assertThat(ended.deployment()).hasSize(1);
        assertThat(ended.calls()).noneMatch(call -> call.startsWith("aws s3api"));
    }

    @Test
    void aStageTooLongForTheNameOfTheBucketIsRefused() throws IOException, InterruptedException {
        account.with("STAGE", "a-stage-of-thirty-two-characters");

        assertThat(refused(account.deploy()))
                .contains("a name has at most 63 characters")
                .contains("Choose a STAGE with at most 31 characters");
    }

    @ParameterizedTest
    @CsvSource({"Image, , jvm, image", "Zip, java25, image, jvm", "Zip, provided.al2023, image, zip"})
    void packagingThatLambdaCannotChangeIsRefused(String type, @Nullable String runtime, String wanted, String deployed)
            throws IOException, InterruptedException {
        account.says("cloudformation describe-stacks", STACK)
                .says("dynamodb describe-table", TABLE)
                .says("cloudformation describe-stack-resource", resource("CREATE_COMPLETE"))
                .says(
                        "lambda get-function-configuration",
                        "{\"PackageType\": \"%s\", \"Runtime\": \"%s\"}".formatted(type, runtime));

        assertThat(refused(account.deploy("packaging=" + wanted, "image=an-image-that-is-there")))
                .contains("is deployed with packaging=%s, and Lambda cannot change that to packaging=%s"
                        .formatted(deployed, wanted))
                .contains(
                        "PARAMS=\"packaging=%s\"".formatted(deployed),
                        "\n  make remove STAGE=dev REGION=us-east-1\n  make adopt STAGE=dev REGION=us-east-1\n");
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE_IN_PROGRESS, Try again when the change has ended",
        "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, Try again when the change has ended",
        "REVIEW_IN_PROGRESS, aws cloudformation delete-stack --region us-east-1 --stack-name darkroom-dev",
        "ROLLBACK_COMPLETE, aws cloudformation delete-stack --region us-east-1 --stack-name darkroom-dev",
        "DELETE_FAILED, aws cloudformation delete-stack --region us-east-1 --stack-name darkroom-dev",
        "UPDATE_ROLLBACK_FAILED, aws cloudformation continue-update-rollback --region us-east-1 --stack-name darkroom-dev"
    })
    void aStackThatCannotBeDeployedOverIsRefused(String status, String todo) throws IOException, InterruptedException {
        account.says("cloudformation describe-stacks", "{\"Stacks\": [{\"StackStatus\": \"%s\"}]}".formatted(status));

        assertThat(refused(account.deploy())).contains("is in " + status, todo);
    }

    /** CloudFormation rolls back every deployment whose trigger is missing or raised already. */
    @ParameterizedTest
    @CsvSource({"OK, 5, true", "INSUFFICIENT_DATA, 180, true", "ALARM, 5, false", "OK, 0, false", ", 5, false"})
    void theAlarmRollsADeploymentBackUnlessItIsRaised(@Nullable String state, int minutes, boolean rollsBack)
            throws IOException, InterruptedException {
        if (state != null) {
            account.says(
                    "cloudwatch describe-alarms",
                    "{\"MetricAlarms\": [{\"AlarmName\": \"darkroom-dev-errors\", \"AlarmArn\": \"arn:of-errors\", \"StateValue\": \"%s\"}]}"
                            .formatted(state));
        }

        var ended = account.deploy("rollbackMinutes=" + minutes);

        assertThat(ended.deployment()).hasSize(1);
        assertThat(ended.deployment().getFirst().contains(" --param=rollbackAlarm=arn:of-errors"))
                .isEqualTo(rollsBack);
        assertThat(ended.output().contains("The alarm darkroom-dev-errors is raised"))
                .isEqualTo("ALARM".equals(state));
    }

    @Test
    void aDeploymentThatFailsShowsNoParameter() throws IOException, InterruptedException {
        account.command("npx", "#!/bin/sh\nexit 1\n");

        assertThat(refused(account.deploy("webhookSecret=whsec_YSBzZWNyZXQ", "publicUrl=https://gateway.example.com")))
                .contains("osls deploy", "failed")
                .doesNotContain("whsec_", "--param");
    }

    @Test
    void withoutCredentialsItSaysWhatTheCliSays() throws IOException, InterruptedException {
        account.fails("sts get-caller-identity", "ExpiredToken", "The security token is expired");

        assertThat(refused(account.deploy())).contains("The security token is expired", "Set AWS_PROFILE");
    }

    @Test
    void aResourceThatCannotBeReadStopsTheDeployment() throws IOException, InterruptedException {
        account.fails("dynamodb describe-table", "AccessDeniedException", "not authorized");

        assertThat(refused(account.deploy())).contains("aws dynamodb describe-table", "not authorized");
    }

    @ParameterizedTest
    @CsvSource({"10, 10, 1, 0", "1000, 1000, 901, 900", "1000, 150, 51, 50"})
    void concurrencyThatTheAccountCannotSpareIsRefused(int limit, int free, int wanted, int spare)
            throws IOException, InterruptedException {
        concurrency(limit, free);

        assertThat(refused(account.deploy("pollConcurrency=" + wanted)))
                .contains("pollConcurrency=%d is too large".formatted(wanted), "%d can be reserved".formatted(spare));
    }

    @Test
    void concurrencyThatIsReservedAlreadyCanBeKept() throws IOException, InterruptedException {
        concurrency(1000, 100).says("lambda get-function-concurrency", "{\"ReservedConcurrentExecutions\": 20}");

        assertThat(account.deploy("pollConcurrency=20").deployment()).hasSize(1);
        assertThat(refused(account.deploy("pollConcurrency=21"))).contains("20 can be reserved");
    }

    private FakeAccount concurrency(int limit, int free) throws IOException {
        return account.says(
                "lambda get-account-settings",
                "{\"AccountLimit\": {\"ConcurrentExecutions\": %d, \"UnreservedConcurrentExecutions\": %d}}"
                        .formatted(limit, free));
    }

    /** The same rule as in dev.darkroom.operator.StageRegionTest. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            eu-west-1 | eu-west-2 | eu-west-3 | eu-north-1 |        | eu-west-1 (REGION)
                      | eu-west-2 | eu-west-3 | eu-north-1 |        | eu-west-2 (AWS_REGION)
                      |           | eu-west-3 | eu-north-1 |        | eu-west-3 (AWS_DEFAULT_REGION)
                      |           |           | eu-north-1 |        | eu-north-1 (the profile default)
                      |           |           | eu-north-1 | other  | us-west-2 (the profile other)
                      |           |           | eu-north-1 | third  | us-east-1 (the default)
                      |           |           |            |        | us-east-1 (the default)
            """)
    void theRegionIsThatOfOneRule(
            @Nullable String region,
            @Nullable String awsRegion,
            @Nullable String awsDefaultRegion,
            @Nullable String config,
            @Nullable String profile,
            String expected)
            throws IOException, InterruptedException {
        account.with("REGION", text(region))
                .with("AWS_REGION", text(awsRegion))
                .with("AWS_DEFAULT_REGION", text(awsDefaultRegion))
                .with("AWS_PROFILE", text(profile));
        if (config != null) {
            account.withConfig("""
                    [default]
                    s3 =
                      region = us-gov-west-1
                    region = %s
                    [profile other]
                    region=us-west-2
                    [profile third]
                    output = json
                    """.formatted(config));
        }

        var ended = account.remove();

        assertThat(ended.output()).startsWith("Stage dev in %s.".formatted(expected));
        assertThat(ended.deployment())
                .singleElement()
                .asString()
                .contains("osls remove --region " + expected.split(" ", 2)[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"us-east1", "Frankfurt", "eu-central"})
    void anInvalidRegionIsRefused(String region) throws IOException, InterruptedException {
        var ended = account.with("AWS_REGION", region).remove();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .isEqualTo("AWS_REGION must be a region, such as us-east-1, not %s.\n".formatted(region));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String resource(String status) {
        return "{\"StackResourceDetail\": {\"PhysicalResourceId\": \"darkroom-dev-generations\", \"ResourceStatus\": \"%s\"}}"
                .formatted(status);
    }

    /** Checks that nothing was changed: osls was not started, and the AWS CLI only read. */
    private static String refused(Ended ended) {
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
        assertThat(ended.deployment()).isEmpty();
        assertThat(ended.calls())
                .filteredOn(call -> call.startsWith("aws "))
                .allMatch(call -> call.matches("aws \\S+ (get|describe|head|scan)\\S* .*"));
        return ended.output();
    }
}
