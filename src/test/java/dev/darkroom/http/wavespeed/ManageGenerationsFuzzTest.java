package dev.darkroom.http.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.Status;
import dev.darkroom.http.ArbitraryBody;
import dev.darkroom.http.ArbitraryJson;
import dev.darkroom.http.CheckedResponse;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.Fuzz;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LogLeakCheck;
import dev.darkroom.http.Requests;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Any event leaves the queued row as it is, unless it cancels the right id for its owner. */
@AddLifecycleHook(LogLeakCheck.class)
class ManageGenerationsFuzzTest {

    /** The id of the first row of a {@link dev.darkroom.core.CoreFixture}. */
    private static final String ID = "%032x".formatted(1);

    @Property
    void onlyTheIdIsCancelled(@ForAll("ids") String id, @ForAll("bytes") ArbitraryBody body) {
        var gateway = withAQueuedRow();
        var event = Requests.cancellation(id);
        body.in(event);

        var answer = answer(gateway, event).checkNotOurFault();

        assertThat(answer.isAccepted()).isEqualTo(id.equals(ID));
        assertThat(status(gateway)).isEqualTo(id.equals(ID) ? Status.CANCELLED : Status.QUEUED);
    }

    /** A 500 is right when the part of the event that API Gateway itself writes is invalid. */
    @Property
    void anyEventIsAnswered(@ForAll("events") String event) {
        Fuzz.received(event).ifPresent(received -> {
            var gateway = withAQueuedRow();

            var answer = answer(gateway, received);

            assertThat(status(gateway)).isEqualTo(answer.status() == 200 ? Status.CANCELLED : Status.QUEUED);
        });
    }

    private static FuzzedGateway withAQueuedRow() {
        var gateway = new FuzzedGateway();
        gateway.storeQueued();
        return gateway;
    }

    private static CheckedResponse answer(FuzzedGateway gateway, JsonNode event) {
        var answer = CheckedResponse.of(gateway.manage.handleRequest(event, new FakeContext(10_000)));
        assertThat(gateway.core.provider.submissions()).hasSize(1);
        return answer;
    }

    private static Status status(FuzzedGateway gateway) {
        return gateway.core.store.all().iterator().next().state().status();
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.randomValue(random -> switch (random.nextInt(4)) {
            case 0 -> ID;
            case 1 -> ArbitraryJson.near(random, ID);
            case 2 -> ArbitraryJson.characters(random, 40, _ -> "0123456789abcdefABCDEF".charAt(random.nextInt(22)));
            default -> ArbitraryJson.text(random);
        });
    }

    @Provide
    Arbitrary<ArbitraryBody> bytes() {
        return Arbitraries.randomValue(ArbitraryBody::ofBytes);
    }

    @Provide
    Arbitrary<String> events() {
        return Arbitraries.randomValue(random -> Fuzz.anyEventLike(random, Requests.cancellation(ID)));
    }
}
