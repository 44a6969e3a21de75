package dev.darkroom.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.GatewayTestResource;
import dev.darkroom.core.FakeImageProvider;
import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.errors.GenerationNotFinishedException;
import dev.darkroom.errors.GenerationNotFoundException;
import dev.darkroom.errors.InvalidEventException;
import dev.darkroom.http.FakeContext;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests call the handler as a bean, because Quarkus' mock of the Runtime API sends no deadline. */
@QuarkusTest
@WithTestResource(GatewayTestResource.class)
class PollGenerationsHandlerTest {

    @Inject
    @Any
    PollGenerationsHandler handler;

    @Inject
    SubmitGeneration submitGeneration;

    @Inject
    InMemoryGenerationStore store;

    @Inject
    FakeImageProvider provider;

    @BeforeEach
    void forgetEarlierTests() {
        store.clear();
        provider.reset();
    }

    @Test
    void aSweepFinishesWhatIsDue() {
        submitted();
        submitted();

        var report = handler.handleRequest(event("{\"shards\": [0]}"), withMinutes(5));

        assertThat(report).hasToString("{\"steps\":2,\"finished\":2,\"failures\":0}");
    }

    /** The fake provider shows no bill. */
    @ParameterizedTest
    @CsvSource({"due", "2026-11-23"})
    void aBillIsComparedOfTheUsualDayOrOfAnother(String day) {
        var report = handler.handleRequest(event("{\"bill\": \"%s\"}".formatted(day)), withMinutes(5));

        assertThat(report).hasToString("{\"reports\":[]}");
    }

    @Test
    void aBillOfNoDayIsRefused() {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> handler.handleRequest(event("{\"bill\": \"yesterday\"}"), withMinutes(5)));
    }

    @Test
    void withoutShardsAllAreSwept() {
        submitted();

        var report = handler.handleRequest(event("{}"), withMinutes(5));

        assertThat(report).hasToString("{\"steps\":1,\"finished\":1,\"failures\":0}");
    }

    @Test
    void aSweepWithoutEnoughTimeLeftDoesNotBegin() {
        submitted();

        handler.handleRequest(event("{}"), withMillis(50_000));

        assertThat(provider.polls()).isEmpty();
    }

    @Test
    void aFinishedGenerationIsTheAnswerOfASingleStep() {
        var row = submitted();

        var answer = handler.handleRequest(event("{\"id\": \"%s\"}".formatted(row.id())), withMinutes(1));

        assertThat(answer.path("id").textValue()).isEqualTo(row.id().value());
        assertThat(answer.path("status").textValue()).isEqualTo("completed");
        assertThat(answer.path("outputs")).hasSize(1);
    }

    @Test
    void aRunningGenerationThrowsWhatStepFunctionsRetries() {
        var row = submitted();
        provider.willAnswerPoll(new PollOutcome.Running());

        assertThatExceptionOfType(GenerationNotFinishedException.class)
                .isThrownBy(() -> handler.handleRequest(event("{\"id\": \"%s\"}".formatted(row.id())), withMinutes(1)));
    }

    @Test
    void anIdThatDoesNotExistHasAnExceptionOfItsOwn() {
        assertThatExceptionOfType(GenerationNotFoundException.class)
                .isThrownBy(() ->
                        handler.handleRequest(event("{\"id\": \"0123456789abcdef0123456789abcdef\"}"), withMinutes(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\": \"x\"} | id ",
                "{\"id\": 5} | id ",
                "{\"shards\": [7]} | shards ",
                "{\"shards\": [-1]} | shards ",
                "{\"shards\": [\"0\"]} | shards ",
                "{\"shards\": [0.5]} | shards ",
                "{\"shards\": 0} | shards ",
                "{\"queues\": true} | queues ",
                "{\"queues\": [0]} | queues ",
                "{\"queues\": [\"No Provider\"]} | queues ",
                "{\"due\": [{\"at\": 1}]} | id ",
                "{\"due\": [{\"id\": \"0123456789abcdef0123456789abcdef\"}]} | due.at ",
                "{\"due\": [{\"id\": \"0123456789abcdef0123456789abcdef\", \"at\": 1.5}]} | due.at ",
                "{\"due\": {}} | due ",
                "[] | event ",
                "null | event "
            })
    void anEventThatMakesNoSenseNamesTheField(String event, String field) {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> handler.handleRequest(event(event), withMinutes(1)))
                .withMessageStartingWith(field);
    }

    private static JsonNode event(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Generation submitted() {
        var command = new Command(
                new Owner("acme"),
                "wavespeed-ai/imagen4",
                "{\"prompt\": \"a cat\"}",
                Optional.empty(),
                Optional.empty());
        if (submitGeneration.submit(command) instanceof Submission.Stored(var generation, var _, var _, var _)) {
            return generation;
        }
        throw new AssertionError("not accepted");
    }

    private static Context withMinutes(int minutes) {
        return withMillis(minutes * 60_000);
    }

    private static Context withMillis(int millis) {
        return new FakeContext(millis);
    }
}
