package dev.darkroom.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.application.Core;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Whatever comes, it is refused without a trace, or accepted as one row with one paid call. */
@AddLifecycleHook(WatchedLogs.class)
class SubmitGenerationFuzzTest {

    private static final ObjectNode INPUT = Fuzz.object("""
            {"prompt": "%s", "aspect_ratio": "16:9", "num_images": 2, "seed": 7}""".formatted(WatchedLogs.PROMPT));

    @Property
    void randomBytesAreRefused(@ForAll("bytes") AnyBody body) {
        send(request(body));
    }

    @Property
    void randomJsonIsRefused(@ForAll("json") AnyBody body) {
        send(request(body));
    }

    @Property
    void mutatedRequestsAreRefusedOrAccepted(
            @ForAll("mutatedInputs") AnyBody body,
            @ForAll("headers") Map<String, String> headers,
            @ForAll("models") String model) {
        var event = request(body);
        event.put("rawPath", "/api/v3/" + model);
        event.withObject("/pathParameters").put("model", model);
        headers.forEach(event.withObject("/headers")::put);

        send(event);
    }

    /** What API Gateway writes itself is none of the caller's business: there a 500 is right. */
    @Property
    void anyEventIsAnswered(@ForAll("events") String event) {
        Fuzz.received(event).ifPresent(received -> answer(new FuzzedGateway(), received));
    }

    private static void send(ObjectNode event) {
        var gateway = new FuzzedGateway();
        answer(gateway, event).checkNotOurFault();
        if (event.path("headers").has("idempotency-key")) {
            answer(gateway, event).checkNotOurFault();
        }
    }

    private static CheckedAnswer answer(FuzzedGateway gateway, JsonNode event) {
        var answer = CheckedAnswer.of(gateway.submit.handleRequest(event, new FakeContext(10_000)));
        if (answer.isAccepted()) {
            gateway.checkOneRowAndOnePaidCall();
        } else {
            gateway.checkNothingHappened();
        }
        return answer;
    }

    private static ObjectNode request(AnyBody body) {
        var event = LambdaEvents.http("POST /api/v3/{model+}", "/api/v3/" + Core.MODEL);
        event.putObject("pathParameters").put("model", Core.MODEL);
        body.in(event);
        return event;
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
    Arbitrary<AnyBody> mutatedInputs() {
        return Arbitraries.randomValue(random -> AnyBody.like(random, INPUT));
    }

    @Provide
    Arbitrary<Map<String, String>> headers() {
        return Arbitraries.randomValue(random -> switch (random.nextInt(3)) {
            case 0 -> Map.of();
            case 1 ->
                Map.of("idempotency-key", AnyJson.characters(random, 260, _ -> (char) random.nextInt(0x20, 0x7f)));
            default -> AnyJson.headers(random);
        });
    }

    @Provide
    Arbitrary<String> models() {
        return Arbitraries.randomValue(random -> switch (random.nextInt(6)) {
            case 0 -> AnyJson.text(random);
            case 1 -> AnyJson.near(random, Core.MODEL);
            default -> Core.MODEL;
        });
    }

    @Provide
    Arbitrary<String> events() {
        return Arbitraries.randomValue(
                random -> Fuzz.anyEventLike(random, request(new AnyBody(Fuzz.text(INPUT), false))));
    }
}
