package dev.darkroom.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.core.followup.EventBus;
import dev.darkroom.core.followup.EventNotSentException;
import dev.darkroom.httpclient.ByteCalls;
import dev.darkroom.httpclient.ByteRequest;
import dev.darkroom.httpclient.ByteRequest.Method;
import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.sigv4.AwsSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Puts events on a bus of EventBridge, each by one call of one operation, so it needs no client of the SDK. A call that
 * is answered 200 may still have failed: the answer then names the error of the event.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 */
public final class EventBridge implements EventBus {

    /** The source of all events. */
    public static final String SOURCE = "darkroom";

    /** The type of an event about a generation that has ended. */
    public static final String FINISHED = "DarkroomGenerationFinished";

    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final int MAX_ANSWER = 64 * 1024;
    private static final int OK = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "AWSEvents.PutEvents");

    private final ByteCalls calls = ByteCalls.withNewConnections();
    private final BridgeBus bus;
    private final AwsSigner signer;

    public EventBridge(BridgeBus bus, AwsCredentialsProvider credentials, InstantSource clock) {
        this.bus = bus;
        this.signer = new AwsSigner(credentials, "events", bus.region(), clock);
    }

    @Override
    public void send(String detail) {
        problem(calls.send(signer.signed(request(detail)), MAX_ANSWER, TIMEOUT)).ifPresent(problem -> {
            throw new EventNotSentException(
                    "The event bus %s did not take the event: %s".formatted(bus.name(), problem));
        });
    }

    private ByteRequest request(String detail) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putArray("Entries")
                .addObject()
                .put("Source", SOURCE)
                .put("DetailType", FINISHED)
                .put("Detail", detail)
                .put("EventBusName", bus.name());
        return new ByteRequest(
                Method.POST, bus.endpoint(), HEADERS, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Why the bus may not have the event; empty when it has it. */
    private static Optional<String> problem(HttpOutcome outcome) {
        return switch (outcome) {
            case Answered answer when answer.status() == OK -> problem(json(answer));
            case Answered answer ->
                Optional.of("the answer is %d %s"
                        .formatted(answer.status(), json(answer).path("__type").asText()));
            case HttpOutcome.NotSent failure -> Optional.of(failure.reason());
            case HttpOutcome.Unanswered failure -> Optional.of(failure.reason());
            case HttpOutcome.Broken failure -> Optional.of(failure.reason());
            case HttpOutcome.TooLarge failure -> Optional.of(failure.reason());
        };
    }

    /** Only an answer with the id of the event says that the bus has it. */
    private static Optional<String> problem(JsonNode answer) {
        var entry = answer.path("Entries").path(0);
        if (entry.path("ErrorCode").isTextual()) {
            return Optional.of("the error is " + entry.path("ErrorCode").asText());
        }
        boolean isTaken = answer.path("FailedEntryCount").asInt() == 0
                && !entry.path("EventId").asText().isEmpty();
        return isTaken ? Optional.empty() : Optional.of("the answer is 200 without the id of the event");
    }

    private static JsonNode json(Answered answer) {
        try {
            return Optional.ofNullable(JSON.readTree(answer.body())).orElseGet(JsonNodeFactory.instance::objectNode);
        } catch (IOException _) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
