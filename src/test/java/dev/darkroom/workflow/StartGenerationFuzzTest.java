package dev.darkroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.http.ArbitraryJson;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.Fuzz;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LogLeakCheck;
import dev.darkroom.http.Mutation;
import dev.darkroom.http.WorkflowResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Any event is either rejected by a named exception without an effect, or accepted as one row with one paid call. */
@AddLifecycleHook(LogLeakCheck.class)
class StartGenerationFuzzTest {

    private static final ObjectNode VALID = Fuzz.object("""
            {"model": "wavespeed-ai/imagen4", "input": {"prompt": "%s", "num_images": 2, "seed": 7},
             "idempotencyKey": "execution-1", "taskToken": "a-token"}""".formatted(LogLeakCheck.PROMPT));

    @Property
    void randomBytesAreRefusedOrAreText(@ForAll("bytes") byte[] bytes, @ForAll("members") String member) {
        start(Fuzz.text(VALID.deepCopy().put(member, new String(bytes, StandardCharsets.ISO_8859_1))));
    }

    @Property
    void randomJsonIsRefused(@ForAll("json") String event) {
        start(event);
    }

    @Property
    void mutatedEventsAreRefusedOrAccepted(@ForAll("mutated") String event) {
        start(event);
    }

    private static void start(String event) {
        Fuzz.received(event).ifPresent(received -> {
            var gateway = new FuzzedGateway();
            var answer = WorkflowResult.of(() -> gateway.start.handleRequest(received, new FakeContext(10_000)));
            if (answer.isPresent()) {
                assertThat(answer.get().path("id").asText()).matches("[0-9a-f]{32}");
                gateway.checkOneRowAndOnePaidCall();
            } else {
                gateway.checkNothingHappened();
            }
        });
    }

    @Provide
    Arbitrary<String> members() {
        return Arbitraries.randomValue(
                random -> ArbitraryJson.oneOf(random, List.of("model", "input", "idempotencyKey", "taskToken")));
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.randomValue(ArbitraryJson::bytes);
    }

    @Provide
    Arbitrary<String> json() {
        return Arbitraries.randomValue(
                random -> Fuzz.text(random.nextBoolean() ? ArbitraryJson.tree(random) : ArbitraryJson.object(random)));
    }

    @Provide
    Arbitrary<String> mutated() {
        return Arbitraries.randomValue(random -> Fuzz.text(Mutation.mutated(random, VALID)));
    }
}
