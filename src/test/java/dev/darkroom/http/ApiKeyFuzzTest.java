package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Whatever the header Authorization is, only a stored and enabled key opens anything. */
@AddLifecycleHook(LogLeakCheck.class)
class ApiKeyFuzzTest {

    private static final String KEY = TestCallers.keyOf(TestCallers.ACME).value();
    private static final String DISABLED =
            TestCallers.keyOf(TestCallers.ANOTHER).value();

    private static final List<String> SCHEMES =
            List.of("Bearer ", "bearer ", "BEARER  ", "Bearer", "Basic ", "", "bearer\t");
    private static final List<String> KEYS = List.of(KEY, KEY.toLowerCase(Locale.ROOT), DISABLED);
    private static final List<String> ENDS = List.of("", " ", "   ", "\n", ",", "\u0000");

    @Property
    void randomBytesAreRefused(@ForAll("bytes") byte[] bytes) {
        assertThat(isAccepted(request(new String(bytes, StandardCharsets.ISO_8859_1))))
                .isFalse();
        assertThat(isAccepted(request("Bearer " + new String(bytes, StandardCharsets.UTF_8))))
                .isFalse();
    }

    @Property
    void onlyTheKeyIsAccepted(@ForAll("authorizations") String authorization) {
        assertThat(isAccepted(request(authorization))).isEqualTo(authorization.matches("(?i:bearer) +" + KEY + " *"));
    }

    /** A refused request stores nothing and is refused with 401 or 403. */
    private static boolean isAccepted(ObjectNode event) {
        var gateway = new FuzzedGateway();
        gateway.keys.disable(TestCallers.keyOf(TestCallers.ANOTHER).digest().id());

        var answer = CheckedResponse.of(gateway.submit.handleRequest(event, new FakeContext(10_000)));

        if (answer.isAccepted()) {
            gateway.checkOneRowAndOnePaidCall();
        } else {
            assertThat(answer.status()).isIn(401, 403);
            gateway.checkNothingHappened();
        }
        return answer.isAccepted();
    }

    private static ObjectNode request(String authorization) {
        return Requests.withHeader(Requests.valid(), "authorization", authorization);
    }

    @Provide
    Arbitrary<String> authorizations() {
        return Arbitraries.randomValue(random -> switch (random.nextInt(5)) {
            case 0 -> ArbitraryJson.near(random, "Bearer " + KEY);
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
    Arbitrary<byte[]> bytes() {
        return Arbitraries.randomValue(ArbitraryJson::bytes);
    }
}
