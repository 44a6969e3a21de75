package dev.darkroom.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.domain.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Whatever comes, only what is signed can write, to the one row that it is about, and nothing is paid for. */
@AddLifecycleHook(WatchedLogs.class)
class ReceiveWebhookFuzzTest {

    private static final String ID = "%032x".formatted(1);
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final ObjectNode WORD = Fuzz.object("""
            {"id": "prediction-1", "status": "completed", "outputs": ["https://images.example/1.png"],
             "has_nsfw_contents": [false], "error": "", "code": 200, "timings": {"inference": 1234},
             "input": {"prompt": "%s", "aspect_ratio": "16:9", "num_images": 2, "seed": 7}}""".formatted(WatchedLogs.PROMPT));
    private static final ObjectNode FAILED =
            WORD.deepCopy().put("status", "failed").put("error", "too dark");

    @Property
    void whatIsNotSignedIsRefused(
            @ForAll("bodies") AnyBody body, @ForAll("headers") Map<String, String> headers, @ForAll("ids") String id) {
        var event = request(id);
        body.in(event);
        headers.forEach(event.withObject("/headers")::put);
        var gateway = new FuzzedGateway();
        gateway.storeOne();
        int writes = gateway.core.store.writes();

        var answer = answer(gateway, event).checkNotOurFault();

        assertThat(answer.status()).isIn(400, 401, 413);
        assertThat(gateway.core.store.writes()).isEqualTo(writes);
    }

    @Property
    void signedBytesAreRefused(@ForAll("bytes") byte[] bytes) {
        sendSigned(ID, bytes, true);
    }

    @Property
    void signedJsonIsRefused(@ForAll("json") String json, @ForAll boolean known) {
        sendSigned(ID, json.getBytes(StandardCharsets.UTF_8), known);
    }

    @Property
    void mutatedWordsAreRefusedOrTaken(@ForAll("words") String word, @ForAll("ids") String id, @ForAll boolean known) {
        sendSigned(id, word.getBytes(StandardCharsets.UTF_8), known);
    }

    /** What API Gateway writes itself is none of the caller's business: there a 500 is right. */
    @Property
    void anyEventIsAnswered(@ForAll("events") String event) {
        var gateway = new FuzzedGateway();
        gateway.storeOne();
        Fuzz.received(event).ifPresent(received -> answer(gateway, received));
    }

    private static void sendSigned(String id, byte[] body, boolean known) {
        var event = request(id);
        AnyBody.inBase64(body).in(event);
        var gateway = new FuzzedGateway();
        if (known) {
            gateway.storeOne();
        } else {
            gateway.storeUnconfirmed();
        }
        int writes = gateway.core.store.writes();
        SignedWord.sign(event, body, gateway.core.clock.instant());

        var answer = answer(gateway, event).checkNotOurFault();

        if (!answer.isAccepted()) {
            // The prediction may be taken for the row that then turns out to have moved on.
            assertThat(gateway.core.store.writes()).isEqualTo(writes);
        }
    }

    private static CheckedAnswer answer(FuzzedGateway gateway, JsonNode event) {
        var answer = CheckedAnswer.of(gateway.webhook.handleRequest(event, new FakeContext(10_000)));
        assertThat(gateway.core.provider.submissions()).hasSize(1);
        assertThat(gateway.core.store.all())
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.state().status()).isNotIn(Status.QUEUED, Status.SUBMITTING));
        gateway.checkRowsFitIntoTheTable();
        return answer;
    }

    private static ObjectNode request(String id) {
        var event = LambdaEvents.http("POST /webhooks/{id}", "/webhooks/" + id);
        event.putObject("pathParameters").put("id", id);
        return event;
    }

    @Provide
    Arbitrary<AnyBody> bodies() {
        return Arbitraries.randomValue(random -> switch (random.nextInt(3)) {
            case 0 -> AnyBody.ofBytes(random);
            case 1 -> AnyBody.ofJson(random);
            default -> AnyBody.like(random, WORD);
        });
    }

    @Provide
    Arbitrary<String> json() {
        return Arbitraries.randomValue(AnyBody::json);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.randomValue(random -> AnyBody.mutated(random, random.nextBoolean() ? WORD : FAILED));
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.randomValue(random -> random.nextInt(3) == 0 ? AnyJson.text(random) : ID);
    }

    @Provide
    Arbitrary<Map<String, String>> headers() {
        return Arbitraries.randomValue(random -> {
            var headers = AnyJson.headers(random);
            if (random.nextBoolean()) {
                headers.put("webhook-timestamp", Long.toString(NOW.getEpochSecond()));
            }
            if (random.nextBoolean()) {
                headers.put("webhook-signature", "v3," + AnyJson.oneOf(random, List.of("0".repeat(64), "f", "")));
            }
            return headers;
        });
    }

    @Provide
    Arbitrary<String> events() {
        var event = request(ID);
        var body = Fuzz.text(WORD);
        new AnyBody(body, false).in(event);
        SignedWord.sign(event, body.getBytes(StandardCharsets.UTF_8), NOW);
        return Arbitraries.randomValue(random -> Fuzz.anyEventLike(random, event));
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.randomValue(AnyJson::bytes);
    }
}
