package dev.darkroom.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.application.Core;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Whatever comes, it changes nothing, and only the right id is answered with a generation. */
@AddLifecycleHook(WatchedLogs.class)
class GetGenerationFuzzTest {

    /** Of the first row of a {@link Core}. */
    private static final String ID = "%032x".formatted(1);

    private static final List<String> PARTS =
            List.of("/", "/api/v3", "/api/v3/", "/predictions", "/prod", "/result", "/wavespeed-ai", "");

    @Property
    void onlyTheIdIsFound(@ForAll("ids") String id, @ForAll("bytes") AnyBody body) {
        var event = request(id);
        body.in(event);

        var answer = answer(event).checkNotOurFault();

        assertThat(answer.isAccepted()).isEqualTo(id.equals(ID));
    }

    @Property
    void pathsOfNoRouteAreRefused(
            @ForAll("paths") String path,
            @ForAll("headers") Map<String, String> headers,
            @ForAll("json") AnyBody body) {
        var event = LambdaEvents.http("$default", path);
        headers.forEach(event.withObject("/headers")::put);
        body.in(event);

        var answer = answer(event).checkNotOurFault();

        assertThat(answer.status()).isIn(404, 405);
    }

    /** What API Gateway writes itself is none of the caller's business: there a 500 is right. */
    @Property
    void anyEventIsAnswered(@ForAll("events") String event) {
        Fuzz.received(event).ifPresent(GetGenerationFuzzTest::answer);
    }

    private static CheckedAnswer answer(JsonNode event) {
        var gateway = new FuzzedGateway();
        gateway.storeOne();
        int writes = gateway.core.store.writes();

        var answer = CheckedAnswer.of(gateway.get.handleRequest(event, new FakeContext(10_000)));

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
            case 1 -> AnyJson.near(random, ID);
            case 2 -> AnyJson.characters(random, 40, _ -> "0123456789abcdefABCDEF".charAt(random.nextInt(22)));
            default -> AnyJson.text(random);
        });
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.randomValue(random -> {
            var path = new StringBuilder();
            for (int parts = random.nextInt(6); parts > 0; parts--) {
                path.append(random.nextInt(4) == 0 ? AnyJson.text(random) : AnyJson.oneOf(random, PARTS));
            }
            return path.toString();
        });
    }

    @Provide
    Arbitrary<AnyBody> bytes() {
        return Arbitraries.randomValue(AnyBody::ofBytes);
    }

    @Provide
    Arbitrary<AnyBody> json() {
        return Arbitraries.randomValue(AnyBody::ofJson);
    }

    @Provide
    Arbitrary<Map<String, String>> headers() {
        return Arbitraries.randomValue(AnyJson::headers);
    }

    @Provide
    Arbitrary<String> events() {
        return Arbitraries.randomValue(random -> Fuzz.anyEventLike(random, request(ID)));
    }
}
