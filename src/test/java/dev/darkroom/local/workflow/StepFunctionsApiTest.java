package dev.darkroom.local.workflow;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.local.declared.ServerlessFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** AWS' own client understands the answers. */
class StepFunctionsApiTest {

    private static final String MACHINE = "generate-image-callback";

    private static final StepFunctionsApi API = new StepFunctionsApi(
            new ServerlessFile(Path.of("").toAbsolutePath()).iam(), Map.of(MACHINE, "darkroom-local-" + MACHINE));

    private final SfnClient client = client("poll-generations");

    @AfterAll
    static void end() {
        API.close();
    }

    @BeforeEach
    void issueTasks() {
        given().body("{\"stateMachine\": \"%s\"}".formatted(MACHINE)).put(API.address() + "/tasks/one");
    }

    @Test
    void aTaskIsAnsweredOnce() {
        client.sendTaskHeartbeat(send -> send.taskToken("one"));
        client.sendTaskSuccess(send -> send.taskToken("one").output("{}"));

        assertThatThrownBy(() -> client.sendTaskFailure(send -> send.taskToken("one")))
                .isInstanceOf(TaskTimedOutException.class);
        assertThatThrownBy(() -> client.sendTaskHeartbeat(send -> send.taskToken("one")))
                .isInstanceOf(TaskTimedOutException.class);
        assertThat(given().get(API.address() + "/tasks/one?heartbeat=60").asString())
                .isEqualTo("{\"output\":\"{}\"}");
    }

    @Test
    void aFailureHasItsErrorAndItsCause() {
        client.sendTaskFailure(send -> send.taskToken("one").error("no_outputs").cause("nothing was drawn"));

        assertThat(given().get(API.address() + "/tasks/one?heartbeat=60").asString())
                .isEqualTo("{\"error\":\"no_outputs\",\"cause\":\"nothing was drawn\"}");
    }

    @Test
    void aTaskWithoutAHeartbeatTimesOut() {
        assertThat(given().get(API.address() + "/tasks/one?heartbeat=0").asString())
                .contains("States.HeartbeatTimeout");
    }

    @Test
    void aForgottenTaskRefusesItsResult() {
        given().delete(API.address() + "/tasks/one");

        assertThatThrownBy(() ->
                        client.sendTaskSuccess(send -> send.taskToken("one").output("{}")))
                .isInstanceOf(TaskTimedOutException.class);
    }

    @Test
    void aTokenThatWasNeverIssuedIsInvalid() {
        assertThatThrownBy(() -> client.sendTaskHeartbeat(send -> send.taskToken("two")))
                .isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void otherFunctionsMayNotAnswer() {
        assertThatThrownBy(() -> client("get-generation").sendTaskHeartbeat(send -> send.taskToken("one")))
                .isInstanceOfSatisfying(
                        SfnException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
    }

    private static SfnClient client(String function) {
        return SfnClient.builder()
                .endpointOverride(API.address())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(function, "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
