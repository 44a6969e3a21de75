package dev.darkroom.http.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.http.ArbitraryBody;
import dev.darkroom.http.CheckedResponse;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.Fuzz;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import dev.darkroom.http.LogLeakCheck;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Any request for a list or a deletion is answered, and deletes nothing that has not ended. */
@AddLifecycleHook(LogLeakCheck.class)
class ListFuzzTest {

    /** The id of the first row of a gateway. */
    private static final String ID = "%032x".formatted(1);

    private static final ObjectNode LIST = Fuzz.object("""
        {"page": 1, "page_size": 10, "model": "wavespeed-ai/imagen4", "status": "processing",
         "created_after": "2020-01-01T00:00:00Z", "created_before": "2199-01-01", "include_inputs": true,
         "cursor": "MS43MjU4MTE4NDAwMDAwLjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAx", "metadata": {"a": "b"}}\
        """);

    private static final ObjectNode DELETION = Fuzz.object("{\"ids\": [\"%s\", \"x\"]}".formatted(ID));

    @Property
    void anyBodyIsAnswered(@ForAll("bodies") ArbitraryBody body, @ForAll boolean deletion) {
        assertThat(answers(request(body, deletion))).allSatisfy(CheckedResponse::checkNotOurFault);
    }

    /** A 500 is right when the part of the event that API Gateway itself writes is invalid. */
    @Property
    void anyEventIsAnswered(@ForAll("events") String event) {
        Fuzz.received(event).ifPresent(ListFuzzTest::answers);
    }

    private static List<CheckedResponse> answers(JsonNode event) {
        var gateway = new FuzzedGateway();
        gateway.storeOne();
        int writes = gateway.core.store.writes();

        var listed = CheckedResponse.of(gateway.get.handleRequest(event, new FakeContext(10_000)));
        var deleted = CheckedResponse.of(gateway.manage.handleRequest(event, new FakeContext(10_000)));

        assertThat(gateway.core.store.writes()).isEqualTo(writes);
        assertThat(gateway.core.provider.submissions()).hasSize(1);
        return List.of(listed, deleted);
    }

    private static ObjectNode request(ArbitraryBody body, boolean deletion) {
        var event = deletion
                ? LambdaEvents.http("POST /api/v3/predictions/delete", "/api/v3/predictions/delete")
                : LambdaEvents.http("ANY /api/v3/predictions", "/api/v3/predictions");
        event.withObject("/requestContext/http").put("method", "POST");
        body.in(event);
        return event;
    }

    @Provide
    Arbitrary<ArbitraryBody> bodies() {
        return Arbitraries.randomValue(random -> switch (random.nextInt(4)) {
            case 0 -> ArbitraryBody.ofBytes(random);
            case 1 -> ArbitraryBody.ofJson(random);
            case 2 -> ArbitraryBody.like(random, LIST);
            default -> ArbitraryBody.like(random, DELETION);
        });
    }

    @Provide
    Arbitrary<String> events() {
        return Arbitraries.randomValue(random -> {
            boolean deletion = random.nextBoolean();
            var body = new ArbitraryBody(Fuzz.text(deletion ? DELETION : LIST), false);
            return Fuzz.anyEventLike(random, request(body, deletion));
        });
    }
}
