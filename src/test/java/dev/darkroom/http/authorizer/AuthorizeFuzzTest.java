package dev.darkroom.http.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.account.Owner;
import dev.darkroom.http.ArbitraryJson;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.Fuzz;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import dev.darkroom.http.LogLeakCheck;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** For any event, only a stored and enabled key is authorized. */
@AddLifecycleHook(LogLeakCheck.class)
class AuthorizeFuzzTest {

    private static final ApiKey KEY = ApiKey.of(new byte[ApiKey.BYTES]);
    private static final ApiKey DISABLED =
            ApiKey.of("01234567890123456789012345678901".getBytes(StandardCharsets.UTF_8));

    private static final List<String> SCHEMES =
            List.of("Bearer ", "bearer ", "BEARER  ", "Bearer", "Basic ", "", "bearer\t");
    private static final List<String> KEYS =
            List.of(KEY.value(), KEY.value().toLowerCase(Locale.ROOT), DISABLED.value());
    private static final List<String> ENDS = List.of("", " ", "   ", "\n", ",", "\u0000");

    @Property
    void randomBytesAreRefused(@ForAll("bytes") byte[] bytes) {
        assertThat(isAuthorized(question(new String(bytes, StandardCharsets.ISO_8859_1))))
                .isFalse();
        assertThat(isAuthorized(question("Bearer " + new String(bytes, StandardCharsets.UTF_8))))
                .isFalse();
    }

    @Property
    void onlyTheKeyIsAuthorized(
            @ForAll("authorizations") String authorization, @ForAll("headers") Map<String, String> headers) {
        var event = question(authorization);
        headers.forEach(event.withObject("/headers")::put);
        var sent = event.path("headers").path("authorization").asText();

        assertThat(isAuthorized(event)).isEqualTo(sent.matches("(?i:bearer) +" + KEY.value() + " *"));
    }

    @Property
    void anyEventIsAnswered(@ForAll("events") String event) {
        Fuzz.received(event).ifPresent(received -> {
            boolean hasTheKey =
                    received.path("headers").path("authorization").asText().contains(KEY.value());
            assertThat(isAuthorized(received))
                    .satisfies(open -> assertThat(open && !hasTheKey).isFalse());
        });
    }

    private static boolean isAuthorized(JsonNode event) {
        var gateway = new FuzzedGateway();
        gateway.keys.add(new ApiKeyRecord(KEY.digest(), new Owner("acme"), Instant.EPOCH, false));
        gateway.keys.add(new ApiKeyRecord(DISABLED.digest(), new Owner("former"), Instant.EPOCH, true));

        var answer = Fuzz.sent(gateway.authorize.handleRequest(event, new FakeContext(10_000)));

        gateway.checkNothingHappened();
        assertThat(answer.toString())
                .isIn(
                        "{\"isAuthorized\":true,\"context\":{\"owner\":\"acme\"}}",
                        "{\"isAuthorized\":false}",
                        "{\"statusCode\":404}",
                        "{\"statusCode\":204,\"headers\":{\"allow\":\"GET, HEAD, POST, OPTIONS\"}}");
        return answer.path("isAuthorized").booleanValue();
    }

    private static ObjectNode question(String authorization) {
        var event = LambdaEvents.http("POST /api/v3/{model+}", "/api/v3/wavespeed-ai/imagen4")
                .put("type", "REQUEST");
        event.withObject("/headers").put("authorization", authorization);
        event.putArray("identitySource").add(authorization);
        return event;
    }

    @Provide
    Arbitrary<String> authorizations() {
        return Arbitraries.randomValue(random -> switch (random.nextInt(5)) {
            case 0 -> ArbitraryJson.near(random, "Bearer " + KEY.value());
            case 1 ->
                "Bearer drk_"
                        + ArbitraryJson.characters(random, 50, _ -> "ABCabc0123456789_-".charAt(random.nextInt(18)));
            case 2 -> ArbitraryJson.text(random);
            default ->
                ArbitraryJson.oneOf(random, SCHEMES)
                        + ArbitraryJson.oneOf(random, KEYS)
                        + ArbitraryJson.oneOf(random, ENDS);
        });
    }

    @Provide
    Arbitrary<Map<String, String>> headers() {
        return Arbitraries.randomValue(ArbitraryJson::headers);
    }

    @Provide
    Arbitrary<String> events() {
        return Arbitraries.randomValue(random -> Fuzz.anyEventLike(random, question("Bearer " + KEY.value())));
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.randomValue(ArbitraryJson::bytes);
    }
}
