package dev.darkroom.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.darkroom.GatewayTestResource;
import dev.darkroom.application.FakeImageProvider;
import dev.darkroom.application.InMemoryGenerationStore;
import dev.darkroom.application.PollOutcome;
import dev.darkroom.application.SubmitGeneration;
import dev.darkroom.application.SubmitGeneration.Command;
import dev.darkroom.application.SubmitGeneration.Submission;
import dev.darkroom.domain.Generation;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Called as a bean, because Quarkus' mock of the Runtime API sends no deadline. */
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

        var report = handler.handleRequest(new PollEvent(List.of(0), null, null), withMinutes(5));

        assertThat(report).hasToString("{\"steps\":2,\"finished\":2,\"failures\":0}");
    }

    @Test
    void withoutShardsAllAreSwept() {
        submitted();

        var report = handler.handleRequest(new PollEvent(null, null, null), withMinutes(5));

        assertThat(report).hasToString("{\"steps\":1,\"finished\":1,\"failures\":0}");
    }

    @Test
    void aSweepWithoutEnoughTimeLeftDoesNotBegin() {
        submitted();

        handler.handleRequest(new PollEvent(null, null, null), withMillis(40_000));

        assertThat(provider.polls()).isEmpty();
    }

    @Test
    void aFinishedGenerationIsTheAnswerOfASingleStep() {
        var row = submitted();

        var answer = handler.handleRequest(new PollEvent(null, null, row.id().value()), withMinutes(1));

        assertThat(answer.path("id").textValue()).isEqualTo(row.id().value());
        assertThat(answer.path("status").textValue()).isEqualTo("completed");
        assertThat(answer.path("outputs")).hasSize(1);
    }

    @Test
    void aRunningGenerationThrowsWhatStepFunctionsRetries() {
        var row = submitted();
        provider.willAnswerPoll(new PollOutcome.Running());

        assertThatExceptionOfType(GenerationNotFinishedException.class)
                .isThrownBy(() ->
                        handler.handleRequest(new PollEvent(null, null, row.id().value()), withMinutes(1)));
    }

    @Test
    void anIdThatDoesNotExistHasAnExceptionOfItsOwn() {
        assertThatExceptionOfType(GenerationNotFoundException.class)
                .isThrownBy(() -> handler.handleRequest(
                        new PollEvent(null, null, "0123456789abcdef0123456789abcdef"), withMinutes(1)));
    }

    @Test
    void anEventThatMakesNoSenseNamesTheField() {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> handler.handleRequest(new PollEvent(null, null, "x"), withMinutes(1)))
                .withMessageStartingWith("id ");
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> handler.handleRequest(new PollEvent(List.of(7), null, null), withMinutes(1)))
                .withMessageStartingWith("shards ");
    }

    private Generation submitted() {
        var command = new Command("caller", "wavespeed-ai/imagen4", "{\"prompt\": \"a cat\"}", Optional.empty());
        if (submitGeneration.submit(command) instanceof Submission.Accepted(var generation)) {
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

    private record FakeContext(int getRemainingTimeInMillis) implements Context {
        @Override
        public String getAwsRequestId() {
            return "request";
        }

        @Override
        public String getLogGroupName() {
            return "";
        }

        @Override
        public String getLogStreamName() {
            return "";
        }

        @Override
        public String getFunctionName() {
            return "";
        }

        @Override
        public String getFunctionVersion() {
            return "";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "";
        }

        @Override
        public @Nullable CognitoIdentity getIdentity() {
            return null;
        }

        @Override
        public @Nullable ClientContext getClientContext() {
            return null;
        }

        @Override
        public int getMemoryLimitInMB() {
            return 512;
        }

        @Override
        public @Nullable LambdaLogger getLogger() {
            return null;
        }
    }
}
