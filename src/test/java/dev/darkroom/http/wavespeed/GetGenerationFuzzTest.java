package dev.darkroom.http.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.http.ArbitraryBody;
import dev.darkroom.http.ArbitraryJson;
import dev.darkroom.http.CheckedResponse;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.Fuzz;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import dev.darkroom.http.LogLeakCheck;
import dev.darkroom.http.TestCallers;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Any event leaves the store as it is, and only the right id gets a generation. */
@AddLifecycleHook(LogLeakCheck.class)
class GetGenerationFuzzTest {

    /** The id of the first row of a {@link CoreFixture}. */
    private static final String ID = "%032x".formatted(1);

    private static final List<String> PARTS =
            List.of("/", "/api/v3", "/api/v3/", "/predictions", "/prod", "/result", "/wavespeed-ai", "");

    @Property
    void onlyTheIdIsFound(@ForAll("ids") String id, @ForAll("bytes") ArbitraryBody body) {
        var event = request(id);
        body.in(event);

        var answer = answer(event).checkNotOurFault();

        assertThat(answer.isAccepted()).isEqualTo(id.equals(ID));
    }

    @Property
    void pathsOfNoRouteAreRefused(
            @ForAll("paths") String path,
            @ForAll("headers") Map<String, String> headers,
            @ForAll("json") ArbitraryBody body) {
        var event = LambdaEvents.http("$default", path);
        headers.forEach(event.withObject("/headers")::put);
        TestCallers.as(TestCallers.ACME, event);
        body.in(event);

        var answer = answer(event).checkNotOurFault();

        assertThat(answer.status()).isIn(404, 405);
    }

    /** A 500 is right when the part of the event that API Gateway itself writes is invalid. */
    @Property
    void anyEventIsAnswered(@ForAll("events") String event) {
        Fuzz.received(event).ifPresent(GetGenerationFuzzTest::answer);
    }

    private static CheckedResponse answer(JsonNode event) {
        var gateway = new FuzzedGateway();
        gateway.storeOne();
        int writes = gateway.core.store.writes();

        var answer = CheckedResponse.of(gateway.get.handleRequest(event, new FakeContext(10_000)));

        assertThat(gateway.core.store.writes()).isEqualTo(writes);
        assertThat(gateway.core.provider.submissions()).hasSize(1);
        return answer;
    }

    private static ObjectNode request(String id) {
        var event =
                LambdaEvents.http("GET /api/v3/predictions/{id}/result", "/api/v3/predictions/%s/result".formatted(id));
        event.putObject("pathParameters").put("id", id);
        return event;
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
    Arbitrary<String> paths() {
        return Arbitraries.randomValue(random -> {
            var path = new StringBuilder();
            for (int parts = random.nextInt(6); parts > 0; parts--) {
                path.append(random.nextInt(4) == 0 ? ArbitraryJson.text(random) : ArbitraryJson.oneOf(random, PARTS));
            }
            return path.toString();
        });
    }

    @Provide
    Arbitrary<ArbitraryBody> bytes() {
        return Arbitraries.randomValue(ArbitraryBody::ofBytes);
    }

    @Provide
    Arbitrary<ArbitraryBody> json() {
        return Arbitraries.randomValue(ArbitraryBody::ofJson);
    }

    @Provide
    Arbitrary<Map<String, String>> headers() {
        return Arbitraries.randomValue(ArbitraryJson::headers);
    }

    @Provide
    Arbitrary<String> events() {
        return Arbitraries.randomValue(random -> Fuzz.anyEventLike(random, request(ID)));
    }
}
