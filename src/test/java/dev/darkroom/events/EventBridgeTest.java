package dev.darkroom.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.core.followup.EventBus;
import dev.darkroom.core.followup.EventNotSentException;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.net.URI;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A server that answers as EventBridge does. */
class EventBridgeTest {

    private static final String DETAIL = "{\"id\":\"hidden\"}";

    private static Answer json(int status, String body) {
        return Answer.of("HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body));
    }

    private static EventBridge bus(URI address) {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));
        return new EventBridge(
                new BridgeBus("generations", "eu-central-1", address), credentials, InstantSource.system());
    }

    @Test
    void theCallIsSignedAndHasOneEvent() throws JsonProcessingException {
        try (var server = RawServer.answering(
                json(200, "{\"FailedEntryCount\": 0, \"Entries\": [{\"EventId\": \"11710aed\"}]}"))) {
            bus(server.address()).send(DETAIL);

            var request = server.requests().getFirst();
            assertThat(request)
                    .contains("X-Amz-Target: AWSEvents.PutEvents")
                    .contains("Content-Type: application/x-amz-json-1.1")
                    .contains("/eu-central-1/events/aws4_request");
            assertThat(new JsonMapper().readTree(request.substring(request.indexOf("{"))))
                    .isEqualTo(new JsonMapper().readTree("""
                            {"Entries": [{
                              "Source": "darkroom",
                              "DetailType": "DarkroomGenerationFinished",
                              "Detail": "{\\"id\\":\\"hidden\\"}",
                              "EventBusName": "generations"
                            }]}"""));
        }
    }

    /** A bus that does not exist and a role that may not use it are answered in either way. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "InternalFailure", "ErrorMessage": "m"}]} | the error is InternalFailure
            200 | {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "ThrottlingException"}]} | the error is ThrottlingException
            200 | {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "NotAuthorizedForSourceException"}]} | the error is NotAuthorizedForSourceException
            200 | {"FailedEntryCount": 1, "Entries": [{"EventId": "11710aed"}]} | the answer is 200 without the id of the event
            200 | {"FailedEntryCount": 0, "Entries": []}             | the answer is 200 without the id of the event
            200 | {"FailedEntryCount": 0}                            | the answer is 200 without the id of the event
            200 | []                                                 | the answer is 200 without the id of the event
            200 | <html>                                             | the answer is 200 without the id of the event
            400 | {"__type": "ThrottlingException"}                  | the answer is 400 ThrottlingException
            400 | {"__type": "AccessDeniedException", "Message": "m"} | the answer is 400 AccessDeniedException
            400 | {"__type": "ResourceNotFoundException"}            | the answer is 400 ResourceNotFoundException
            500 | {"__type": "InternalException"}                    | the answer is 500 InternalException
            503 | {"__type": "ServiceUnavailable"}                   | the answer is 503 ServiceUnavailable
            """)
    void anEventThatTheBusDoesNotHaveIsReportedAndNotShown(int status, String body, String reason) {
        try (var server = RawServer.answering(json(status, body))) {
            assertThatExceptionOfType(EventNotSentException.class)
                    .isThrownBy(() -> bus(server.address()).send(DETAIL))
                    .withMessage("The event bus generations did not take the event: " + reason)
                    .withNoCause();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anAnswerThatNeverComesEndsInTime() {
        try (var server = RawServer.answering(Answer.andThenSilence(""))) {
            assertThatExceptionOfType(EventNotSentException.class)
                    .isThrownBy(() -> bus(server.address()).send(DETAIL));
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsAFailure() {
        try (var server = RawServer.answering(Answer.andThenAFlood("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(1024)))) {
            assertThatExceptionOfType(EventNotSentException.class)
                    .isThrownBy(() -> bus(server.address()).send(DETAIL));
        }
    }

    @Test
    void withoutAConnectionItIsNotSent() {
        assertThatExceptionOfType(EventNotSentException.class)
                .isThrownBy(() -> bus(URI.create("http://localhost:1")).send(DETAIL));
    }

    @Test
    void eachRegionHasAnAddressOfItsOwn() {
        assertThat(BridgeBus.inRegion("generations", "us-east-1").endpoint())
                .hasToString("https://events.us-east-1.amazonaws.com/");
        assertThat(BridgeBus.inRegion("generations", "cn-north-1").endpoint())
                .hasToString("https://events.cn-north-1.amazonaws.com.cn/");
    }

    @Test
    void aFunctionWithoutABusSendsNothing() {
        assertThatCode(() -> EventBus.NONE.send(DETAIL)).doesNotThrowAnyException();
    }
}
