package dev.darkroom.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.core.followup.EventNotSentException;
import dev.darkroom.events.BridgeBus;
import dev.darkroom.events.EventBridge;
import dev.darkroom.local.declared.ServerlessFile;
import dev.darkroom.local.iam.Iam;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The functions' own client, with the roles that are deployed. */
class EventsApiTest {

    private final List<ReceivedEvent> heard = new ArrayList<>();
    private final EventsApi api = new EventsApi(iam(Map.of("eventBus", "generations")), heard::add);

    @AfterEach
    void end() {
        api.close();
    }

    private static Iam iam(Map<String, String> parameters) {
        return new ServerlessFile(Path.of("").toAbsolutePath(), parameters).iam();
    }

    private static EventBridge client(EventsApi api, String principal, String bus) {
        return new EventBridge(
                new BridgeBus(bus, "us-east-1", api.address()),
                StaticCredentialsProvider.create(AwsBasicCredentials.create(principal, "local")),
                InstantSource.system());
    }

    @Test
    void anEventIsTakenAndReported() {
        client(api, "poll-generations", "generations").send("{\"id\":\"1\"}");

        assertThat(heard).isEqualTo(api.events()).singleElement().satisfies(event -> {
            assertThat(event.bus()).isEqualTo("generations");
            assertThat(event.source()).isEqualTo("darkroom");
            assertThat(event.type()).isEqualTo("DarkroomGenerationFinished");
            assertThat(event.detail().path("id").asText()).isEqualTo("1");
        });
    }

    @Test
    void whatIsNoObjectIsRefusedInAnAnswerThatIs200() {
        assertThatExceptionOfType(EventNotSentException.class)
                .isThrownBy(() -> client(api, "poll-generations", "generations").send("1"))
                .withMessageEndingWith("the error is MalformedDetail");
        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "poll-generations, generations, true",
        "poll-few-generations, generations, true",
        "poll-generations, default, false",
        "submit-generation, generations, false",
        "start-generation, generations, false",
        "receive-webhook, generations, false"
    })
    void onlySweepsMaySendAndOnlyToTheBusOfTheParameter(String principal, String bus, boolean allowed) {
        var client = client(api, principal, bus);
        if (allowed) {
            assertThatCode(() -> client.send("{}")).doesNotThrowAnyException();
        } else {
            assertThatExceptionOfType(EventNotSentException.class)
                    .isThrownBy(() -> client.send("{}"))
                    .withMessageEndingWith("the answer is 400 AccessDeniedException");
        }
    }

    @Test
    void withoutTheParameterNobodyMaySend() {
        try (var without = new EventsApi(iam(Map.of()), heard::add)) {
            assertThatExceptionOfType(EventNotSentException.class)
                    .isThrownBy(() ->
                            client(without, "poll-generations", "generations").send("{}"));
        }
    }
}
