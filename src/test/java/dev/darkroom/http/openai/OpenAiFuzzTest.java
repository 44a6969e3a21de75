package dev.darkroom.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.http.ArbitraryBody;
import dev.darkroom.http.ArbitraryJson;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.Fuzz;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import dev.darkroom.http.LogLeakCheck;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Any request is either refused without an effect, or answered with the images of one generation. */
@AddLifecycleHook(LogLeakCheck.class)
class OpenAiFuzzTest {

    private static final String PATH = "/v1/images/generations";
    private static final Pattern INSIDE = Pattern.compile("Exception|Throwable|java\\.|jackson|dev\\.darkroom|drk_");

    private static final ObjectNode INPUT = Fuzz.object("""
            {"model": "%s", "prompt": "%s", "n": 2, "size": "1024x1024", "response_format": "b64_json", "seed": 7,
             "quality": "auto", "user": "u-1", "stream": false}""".formatted(CoreFixture.MODEL, LogLeakCheck.PROMPT));

    @Property
    void randomBytesAreRefused(@ForAll("bytes") ArbitraryBody body) {
        send(request(body));
    }

    @Property
    void randomJsonIsRefused(@ForAll("json") ArbitraryBody body) {
        send(request(body));
    }

    @Property
    void mutatedRequestsAreRefusedOrAnswered(
            @ForAll("mutatedInputs") ArbitraryBody body, @ForAll("headers") Map<String, String> headers) {
        var event = request(body);
        headers.forEach(event.withObject("/headers")::put);

        send(event);
    }

    /** A 500 is right when the part of the event that API Gateway itself writes is invalid. */
    @Property
    void anyEventIsAnswered(@ForAll("events") String event) {
        Fuzz.received(event).ifPresent(received -> answer(gateway(), received));
    }

    private static FuzzedGateway gateway() {
        var gateway = new FuzzedGateway();
        gateway.waits.duringPause(() -> gateway.core.store.all().forEach(gateway.core.advance::advance));
        return gateway;
    }

    private static JsonNode answer(FuzzedGateway gateway, JsonNode event) {
        var sent = Fuzz.sent(gateway.submit.handleRequest(event, new FakeContext(10_000)));
        assertThat(sent.path("statusCode").isInt()).as("status code").isTrue();
        assertThat(sent.path("headers").path("x-request-id").textValue()).isEqualTo("request");
        assertThat(sent.path("statusCode").intValue() == 200 ? "" : sent.toString())
                .as("an error")
                .doesNotContainPattern(INSIDE);
        return sent;
    }

    private static void send(ObjectNode event) {
        var gateway = gateway();
        var sent = answer(gateway, event);
        int status = sent.path("statusCode").intValue();
        var body = Fuzz.object(sent.path("body").asText());
        if (status == 200 || body.at("/error/code").asText().equals("still_running")) {
            assertThat(gateway.core.store.all()).as("rows").isNotEmpty();
            gateway.checkRowsFitIntoTheTable();
            return;
        }
        assertThat(status).as("status of %s", body).isBetween(400, 499);
        assertThat(body.at("/error/message").asText()).isNotBlank();
        assertThat(body.at("/error/type").asText()).isNotBlank();
        assertThat(body.at("/error/code").asText()).isNotBlank();
        assertThat(body.path("error").has("param")).isTrue();
        gateway.checkNothingHappened();
    }

    private static ObjectNode request(ArbitraryBody body) {
        var event = LambdaEvents.http("POST " + PATH, PATH);
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
        return Arbitraries.randomValue(random -> random.nextBoolean() ? Map.of() : ArbitraryJson.headers(random));
    }

    @Provide
    Arbitrary<String> events() {
        return Arbitraries.randomValue(
                random -> Fuzz.anyEventLike(random, request(new ArbitraryBody(Fuzz.text(INPUT), false))));
    }
}
