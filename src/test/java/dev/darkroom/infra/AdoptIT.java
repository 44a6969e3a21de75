package dev.darkroom.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.infra.FakeAccount.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A removed stage is deployed again with its table, images and logs, in an account that behaves like CloudFormation. */
class AdoptIT {

    private static final String STACK = "darkroom-dev";
    private static final String TABLE = "darkroom-dev-generations";
    private static final String BUCKET = "darkroom-dev-123456789012-us-east-1";
    private static final String TYPE_OF_TABLE = "AWS::DynamoDB::Table";
    private static final String TYPE_OF_BUCKET = "AWS::S3::Bucket";
    private static final String TYPE_OF_LOG_GROUP = "AWS::Logs::LogGroup";
    private static final String LOG_GROUP = "/aws/lambda/darkroom-dev-get-image";

    /** After a deployment and its removal. */
    @SuppressWarnings("NullAway.Init")
    private static JsonNode removed;

    @SuppressWarnings("NullAway.Init")
    private StandInAccount account;

    @BeforeAll
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    static void packageTemplates(@TempDir Path folder) throws IOException, InterruptedException {
        InfraTools.packageVariants();
        var account = new StandInAccount(folder, template("zip-arm64"));
        succeeded(account.deploy());
        succeeded(account.remove());
        removed = account.state();
    }

    @BeforeEach
    void account(@TempDir Path folder) throws IOException {
        account = new StandInAccount(folder, template("zip-arm64"));
    }

    @Test
    void aRemovedStageIsAdoptedAndDeployedAgain() throws IOException, InterruptedException {
        account.write(removed);
        store();
        assertThat(account.state().path("stacks")).isEmpty();
        var left = account.state();

        var refused = account.deploy();

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output())
                .contains("The table " + TABLE + " already exists", "It has items", "both with the PARAMS")
                .contains("\n  make adopt STAGE=dev REGION=us-east-1\n  make deploy STAGE=dev REGION=us-east-1\n");
        assertThat(account.state()).isEqualTo(left);

        var adopted = succeeded(account.adopt());

        assertThat(adopted.output()).contains("AWS::DynamoDB::Table " + TABLE, "AWS::S3::Bucket " + BUCKET);
        assertThat(account.ofStack(STACK, "GenerationsTable")).isEqualTo(TABLE);
        assertThat(account.ofStack(STACK, "ImagesBucket")).isEqualTo(BUCKET);
        deployed();
        assertThat(account.existing(account.state(), TYPE_OF_TABLE, TABLE)
                        .path("items")
                        .asInt())
                .isEqualTo(1);
        assertThat(account.ofStack(STACK, "SubmitDashgenerationLambdaFunction")).isNotEmpty();
    }

    /** Its rollback has left the table and the bucket. */
    @Test
    void theStackOfAFailedFirstDeploymentAdoptsWhatItHasLeft() throws IOException, InterruptedException {
        account.write(removed);
        var state = (ObjectNode) account.state();
        state.withObject("/stacks/darkroom-dev/resources");
        ((ObjectNode) state.at("/stacks/darkroom-dev")).put("status", "CREATE_COMPLETE");
        ((ObjectNode) state.at("/stacks/darkroom-dev")).withObject("/template/Resources");
        account.write(state);

        assertThat(account.deploy().output()).contains("make adopt STAGE=dev");
        assertThat(succeeded(account.adopt()).output()).contains(TABLE);
        deployed();
    }

    /** DynamoDB restores neither the time to live nor backups, and refuses to set a time to live twice. */
    @Test
    void aRestoredTableGetsItsSettingsByTheNextDeployment() throws IOException, InterruptedException {
        account.write(removed);
        var state = account.state();
        var table = (ObjectNode) account.existing(state, TYPE_OF_TABLE, TABLE).path("properties");
        table.remove("TimeToLiveSpecification");
        table.remove("PointInTimeRecoverySpecification");
        table.put("DeletionProtectionEnabled", false);
        account.write(state);

        succeeded(account.adopt());
        deployed();

        var after = account.existing(account.state(), TYPE_OF_TABLE, TABLE).path("properties");
        assertThat(after.at("/TimeToLiveSpecification/AttributeName").asText()).isEqualTo("expiresAt");
        assertThat(after.path("DeletionProtectionEnabled").booleanValue()).isTrue();
    }

    /** The template of a whole stack is too large to be sent with the call. */
    @Test
    void aBucketIsAdoptedByTheStackThatHasLeftIt() throws IOException, InterruptedException {
        deployed();
        account.template(template("without-images"));
        succeeded(account.deploy("keepImages=false"));
        assertThat(account.ofStack(STACK, "ImagesBucket")).isEmpty();
        account.template(template("zip-arm64"));

        assertThat(account.deploy().output()).contains("The bucket " + BUCKET + " already exists", "make adopt");
        var adopted = succeeded(account.adopt());

        assertThat(adopted.calls()).anyMatch(call -> call.contains("--template-url https://"));
        assertThat(account.ofStack(STACK, "ImagesBucket")).isEqualTo(BUCKET);
        assertThat(account.ofStack(STACK, "SubmitDashgenerationLambdaFunction")).isNotEmpty();
        deployed();
    }

    @Test
    void logGroupsThatAreKeptAreAdoptedToo() throws IOException, InterruptedException {
        account.template(template("every-parameter"));
        deployed();
        succeeded(account.remove());
        assertThat(account.existing(account.state(), TYPE_OF_LOG_GROUP, LOG_GROUP))
                .isNotNull();
        var state = (ObjectNode) account.state();
        var world = (ObjectNode) state.path("world");
        world.remove(TYPE_OF_TABLE + " " + TABLE);
        world.remove(TYPE_OF_BUCKET + " " + BUCKET);
        account.write(state);

        assertThat(account.deploy().output())
                .contains("does not belong to the stack darkroom-dev: a deployment with keepLogs has left")
                .contains("make adopt STAGE=dev");
        succeeded(account.adopt());
        assertThat(account.ofStack(STACK, "GetDashimageLogGroup")).isEqualTo(LOG_GROUP);
        assertThat(account.ofStack(STACK, "HttpApiLogGroup")).isEqualTo("/aws/vendedlogs/http-api/darkroom-dev");
        assertThat(account.ofStack(STACK, "GenerateImageLogGroup"))
                .isEqualTo("/aws/vendedlogs/states/darkroom-dev-generate-image");
        deployed();
    }

    /** A log group that the template lets go with its stack would otherwise be in the way. */
    @Test
    void withoutKeepLogsNoLogGroupIsLeft() {
        assertThat(removed.path("world").toString()).contains("TableName").doesNotContain("LogGroupName");
    }

    @Test
    void whatBelongsToAnotherStackIsNotTaken() throws IOException, InterruptedException {
        account.write(removed);
        var state = (ObjectNode) account.state();
        state.withObject("/stacks/another/resources/Table")
                .put("type", TYPE_OF_TABLE)
                .put("name", TABLE);
        account.write(state);

        var ended = account.adopt();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .contains("nothing was changed: Resource " + TABLE + " already exists in stack another");
        assertThat(account.state().path("stacks").path(STACK).isMissingNode()).isTrue();
        assertThat(account.existing(account.state(), TYPE_OF_BUCKET, BUCKET)).isNotNull();
    }

    @Test
    void aTableOfSomethingElseIsNotTaken() throws IOException, InterruptedException {
        account.write(removed);
        var state = account.state();
        var table = (ObjectNode) account.existing(state, TYPE_OF_TABLE, TABLE).path("properties");
        table.set("KeySchema", new ObjectMapper().readTree("[{\"AttributeName\": \"name\", \"KeyType\": \"HASH\"}]"));
        account.write(state);

        assertThat(account.adopt().output()).contains("is not a table of Darkroom");
        assertThat(account.state().path("stacks")).isEmpty();
    }

    /** A restored table has the name of a new stage. */
    @Test
    void aTableUnderTheNameOfAnotherStageMovesThere() throws IOException, InterruptedException {
        account.write(removed);
        var state = account.state();
        var world = (ObjectNode) state.path("world");
        world.set("AWS::DynamoDB::Table darkroom-dev2-generations", world.path(TYPE_OF_TABLE + " " + TABLE));
        account.write(state);
        account.stage("dev2");

        succeeded(account.adopt());

        assertThat(account.ofStack("darkroom-dev2", "GenerationsTable")).isEqualTo("darkroom-dev2-generations");
        deployed();
    }

    @Test
    void whereNothingIsLeftNothingIsChanged() throws IOException, InterruptedException {
        deployed();
        var before = account.state();

        var ended = succeeded(account.adopt());

        assertThat(ended.output()).contains("There is nothing to take into the stack darkroom-dev");
        assertThat(account.state()).isEqualTo(before);
    }

    private void store() throws IOException {
        var state = account.state();
        account.existing(state, TYPE_OF_TABLE, TABLE).put("items", 1);
        account.write(state);
    }

    private void deployed() throws IOException, InterruptedException {
        succeeded(account.deploy());
    }

    private static Ended succeeded(Ended ended) {
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        return ended;
    }

    private static Path template(String variant) {
        return InfraTools.template(variant);
    }
}
