package dev.darkroom.http.wavespeed;

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
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Any event is either rejected without an effect, or accepted as one row with one paid call. */
@AddLifecycleHook(LogLeakCheck.class)
class SubmitGenerationFuzzTest {

    private static final ObjectNode INPUT = Fuzz.object("""
            {"prompt": "%s", "aspect_ratio": "16:9", "num_images": 2, "seed": 7}""".formatted(LogLeakCheck.PROMPT));

    @Property
    void randomBytesAreRefused(@ForAll("bytes") ArbitraryBody body) {
        send(request(body));
    }

    @Property
    void randomJsonIsRefused(@ForAll("json") ArbitraryBody body) {
        send(request(body));
    }

    @Property
    void mutatedRequestsAreRefusedOrAccepted(
            @ForAll("mutatedInputs") ArbitraryBody body,
            @ForAll("headers") Map<String, String> headers,
            @ForAll("models") String model) {
        var event = request(body);
        event.put("rawPath", "/api/v3/" + model);
        event.withObject("/pathParameters").put("model", model);
        headers.forEach(event.withObject("/headers")::put);

        send(event);
    }

    /** A 500 is right when the part of the event that API Gateway itself writes is invalid. */
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

    private static CheckedResponse answer(FuzzedGateway gateway, JsonNode event) {
        var answer = CheckedResponse.of(gateway.submit.handleRequest(event, new FakeContext(10_000)));
        if (answer.isAccepted()) {
            gateway.checkOneRowAndOnePaidCall();
        } else {
            gateway.checkNothingHappened();
        }
        return answer;
    }

    private static ObjectNode request(ArbitraryBody body) {
        var event = LambdaEvents.http("POST /api/v3/{model+}", "/api/v3/" + CoreFixture.MODEL);
        event.putObject("pathParameters").put("model", CoreFixture.MODEL);
        body.in(event);
        return event;
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
    Arbitrary<ArbitraryBody> mutatedInputs() {
        return Arbitraries.randomValue(random -> ArbitraryBody.like(random, INPUT));
    }

    @Provide
    Arbitrary<Map<String, String>> headers() {
        return Arbitraries.randomValue(random -> switch (random.nextInt(3)) {
            case 0 -> Map.of();
            case 1 ->
                Map.of("idempotency-key", ArbitraryJson.characters(random, 260, _ ->
                        (char) random.nextInt(0x20, 0x7f)));
            default -> ArbitraryJson.headers(random);
        });
    }

    @Provide
    Arbitrary<String> models() {
        return Arbitraries.randomValue(random -> switch (random.nextInt(6)) {
            case 0 -> ArbitraryJson.text(random);
            case 1 -> ArbitraryJson.near(random, CoreFixture.MODEL);
            default -> CoreFixture.MODEL;
        });
    }

    @Provide
    Arbitrary<String> events() {
        return Arbitraries.randomValue(
                random -> Fuzz.anyEventLike(random, request(new ArbitraryBody(Fuzz.text(INPUT), false))));
    }
}
