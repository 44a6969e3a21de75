package dev.darkroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.GatewayTestResource;
import dev.darkroom.core.FakeImageProvider;
import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.errors.IdempotencyKeyReusedException;
import dev.darkroom.errors.InvalidEventException;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.http.FakeContext;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(GatewayTestResource.class)
class StartGenerationHandlerTest {

    private static final String START = "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": \"a %s\"}%s}";

    @Inject
    @Any
    StartGenerationHandler handler;

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
    void theAnswerIsTheEnvelopesData() {
        var data = start(START.formatted("cat", ""));

        assertThat(data.path("id").textValue()).matches("[0-9a-f]{32}");
        assertThat(data.path("model").textValue()).isEqualTo("wavespeed-ai/imagen4");
        assertThat(data.path("status").textValue()).isEqualTo("processing");
        assertThat(provider.submissions()).hasSize(1);
    }

    @Test
    void theSameKeyIsTheSameGeneration() {
        var event = START.formatted("cat", ", \"idempotencyKey\": \"execution-1\"");

        assertThat(start(event).path("id")).isEqualTo(start(event).path("id"));

        assertThat(provider.submissions()).hasSize(1);
    }

    @Test
    void theSameKeyForAnotherRequestIsNamed() {
        start(START.formatted("cat", ", \"idempotencyKey\": \"execution-1\""));

        assertThatExceptionOfType(IdempotencyKeyReusedException.class)
                .isThrownBy(() -> start(START.formatted("dog", ", \"idempotencyKey\": \"execution-1\"")));
    }

    @Test
    void theRowKnowsTheTaskThatWaits() {
        start(START.formatted("cat", ", \"taskToken\": \"a-token\""));

        assertThat(store.all()).singleElement().satisfies(row -> {
            assertThat(row.owner()).isEqualTo(new Owner("step-functions"));
            assertThat(row.waitingTasks()).containsExactly(new NotifyTask(new TaskToken("a-token")));
        });
    }

    @Test
    void aTableThatDoesNotAnswerMayBeTriedAgain() {
        store.setUnavailable(true);

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> start(START.formatted("cat", "")));
        assertThat(provider.submissions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | event ",
                "null | event ",
                "{} | model ",
                "{\"model\": 5, \"input\": {}} | model ",
                "{\"model\": \"wavespeed-ai/imagen5\", \"input\": {\"prompt\": \"a\"}} | model is not in the catalogue; did you mean wavespeed-ai/imagen4?",
                "{\"model\": \"wavespeed-ai/imagen4\"} | input ",
                "{\"model\": \"wavespeed-ai/imagen4\", \"input\": \"a cat\"} | input ",
                "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {}} | input.prompt ",
                "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": \"a\", \"num_images\": 9}} | input.num_images ",
                "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": \"a\"}, \"idempotencyKey\": \"\"} | idempotencyKey ",
                "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": \"a\"}, \"idempotencyKey\": 7} | idempotencyKey ",
                "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": \"a\"}, \"taskToken\": \"\"} | taskToken ",
                "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": \"a\"}, \"taskToken\": \"\\ud83d\"} | taskToken ",
                "{\"\\ud83d\": 1} | ? is not known",
                "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": \"a\"}, \"idempotencykey\": \"k\"} | idempotencykey is not known; did you mean idempotencyKey?"
            })
    void badInputIsNamedAndNeitherStoredNorPaidFor(String event, String message) {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> start(event))
                .withMessageStartingWith(message);
        assertThat(store.all()).isEmpty();
        assertThat(provider.submissions()).isEmpty();
    }

    private JsonNode start(String event) {
        try {
            return handler.handleRequest(new JsonMapper().readTree(event), new FakeContext(10_000));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
