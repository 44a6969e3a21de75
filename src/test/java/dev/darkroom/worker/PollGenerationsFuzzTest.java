package dev.darkroom.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.generation.Status;
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

/** Any event is either rejected by a named exception without an effect, or advances the only row. */
@AddLifecycleHook(LogLeakCheck.class)
class PollGenerationsFuzzTest {

    private static final String ID = "%032x".formatted(1);
    private static final ObjectNode ONE_ROW = Fuzz.object("{\"id\": \"%s\"}".formatted(ID));
    private static final ObjectNode SWEEP = Fuzz.object(
            "{\"shards\": [0], \"queues\": [\"wavespeed\"], \"due\": [{\"id\": \"%s\", \"at\": 1767268800000}]}"
                    .formatted(ID));

    @Property
    void randomBytesAreRefused(@ForAll("bytes") byte[] bytes, @ForAll("members") String member) {
        poll(Fuzz.text(SWEEP.deepCopy().put(member, new String(bytes, StandardCharsets.ISO_8859_1))));
    }

    @Property
    void randomJsonIsRefusedOrASweep(@ForAll("json") String event) {
        poll(event);
    }

    @Property
    void mutatedEventsAreRefusedOrDone(@ForAll("mutated") String event) {
        poll(event);
    }

    private static void poll(String event) {
        Fuzz.received(event).ifPresent(received -> {
            var gateway = new FuzzedGateway();
            gateway.storeOne();
            int writes = gateway.core.store.writes();

            var answer = WorkflowResult.of(() -> gateway.poll.handleRequest(received, new FakeContext(300_000)));

            assertThat(gateway.core.provider.submissions()).as("paid calls").hasSize(1);
            assertThat(gateway.core.store.all()).hasSize(1);
            if (answer.isEmpty()) {
                assertThat(gateway.core.store.writes()).isEqualTo(writes);
            } else {
                assertThat(answer.get().path("failures").asInt()).isZero();
                assertThat(gateway.core.store.all())
                        .allSatisfy(row -> assertThat(row.state().status()).isIn(Status.PROCESSING, Status.COMPLETED));
            }
        });
    }

    @Provide
    Arbitrary<String> members() {
        return Arbitraries.randomValue(random -> ArbitraryJson.oneOf(random, List.of("id", "shards", "queues", "due")));
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
        return Arbitraries.randomValue(
                random -> Fuzz.text(Mutation.mutated(random, random.nextBoolean() ? SWEEP : ONE_ROW)));
    }
}
