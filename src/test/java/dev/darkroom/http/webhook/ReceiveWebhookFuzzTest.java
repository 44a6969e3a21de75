package dev.darkroom.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.generation.Status;
import dev.darkroom.http.ArbitraryBody;
import dev.darkroom.http.ArbitraryJson;
import dev.darkroom.http.CheckedResponse;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.Fuzz;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LogLeakCheck;
import dev.darkroom.http.Requests;
import dev.darkroom.http.SignedWebhook;
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

/** For any event, only a signed webhook can write, only to its own row, and no paid call is sent. */
@AddLifecycleHook(LogLeakCheck.class)
class ReceiveWebhookFuzzTest {

    private static final String ID = "%032x".formatted(1);
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final ObjectNode COMPLETED = Fuzz.object("""
            {"id": "prediction-1", "status": "completed", "outputs": ["https://images.example/1.png"],
             "has_nsfw_contents": [false], "error": "", "code": 200, "timings": {"inference": 1234},
             "input": {"prompt": "%s", "aspect_ratio": "16:9", "num_images": 2, "seed": 7}}""".formatted(LogLeakCheck.PROMPT));
    private static final ObjectNode FAILED =
            COMPLETED.deepCopy().put("status", "failed").put("error", "too dark");

    @Property
    void whatIsNotSignedIsRefused(
            @ForAll("bodies") ArbitraryBody body,
            @ForAll("headers") Map<String, String> headers,
            @ForAll("ids") String id) {
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
    void mutatedWebhooksAreRefusedOrAccepted(
            @ForAll("texts") String body, @ForAll("ids") String id, @ForAll boolean known) {
        sendSigned(id, body.getBytes(StandardCharsets.UTF_8), known);
    }

    /** A 500 is right when the part of the event that API Gateway itself writes is invalid. */
    @Property
    void anyEventIsAnswered(@ForAll("events") String event) {
        var gateway = new FuzzedGateway();
        gateway.storeOne();
        Fuzz.received(event).ifPresent(received -> answer(gateway, received));
    }

    private static void sendSigned(String id, byte[] body, boolean known) {
        var event = request(id);
        ArbitraryBody.inBase64(body).in(event);
        var gateway = new FuzzedGateway();
        if (known) {
            gateway.storeOne();
        } else {
            gateway.storeUnconfirmed();
        }
        int writes = gateway.core.store.writes();
        SignedWebhook.sign(event, body, gateway.core.clock.instant());

        var answer = answer(gateway, event).checkNotOurFault();

        if (!answer.isAccepted()) {
            // The webhook may claim the prediction for its row before that row turns out to have changed.
            assertThat(gateway.core.store.writes()).isEqualTo(writes);
        }
    }

    private static CheckedResponse answer(FuzzedGateway gateway, JsonNode event) {
        var answer = CheckedResponse.ofWebhook(gateway.webhook.handleRequest(event, new FakeContext(10_000)));
        assertThat(gateway.core.provider.submissions()).hasSize(1);
        assertThat(gateway.core.store.all())
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.state().status()).isNotIn(Status.QUEUED, Status.SUBMITTING));
        gateway.checkRowsFitIntoTheTable();
        return answer;
    }

    private static ObjectNode request(String id) {
        return Requests.webhook("wavespeed", id);
    }

    @Provide
    Arbitrary<ArbitraryBody> bodies() {
        return Arbitraries.randomValue(random -> switch (random.nextInt(3)) {
            case 0 -> ArbitraryBody.ofBytes(random);
            case 1 -> ArbitraryBody.ofJson(random);
            default -> ArbitraryBody.like(random, COMPLETED);
        });
    }

    @Provide
    Arbitrary<String> json() {
        return Arbitraries.randomValue(ArbitraryBody::json);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.randomValue(
                random -> ArbitraryBody.mutated(random, random.nextBoolean() ? COMPLETED : FAILED));
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.randomValue(random -> random.nextInt(3) == 0 ? ArbitraryJson.text(random) : ID);
    }

    @Provide
    Arbitrary<Map<String, String>> headers() {
        return Arbitraries.randomValue(random -> {
            var headers = ArbitraryJson.headers(random);
            if (random.nextBoolean()) {
                headers.put("webhook-timestamp", Long.toString(NOW.getEpochSecond()));
            }
            if (random.nextBoolean()) {
                headers.put("webhook-signature", "v3," + ArbitraryJson.oneOf(random, List.of("0".repeat(64), "f", "")));
            }
            return headers;
        });
    }

    @Provide
    Arbitrary<String> events() {
        var event = request(ID);
        var body = Fuzz.text(COMPLETED);
        new ArbitraryBody(body, false).in(event);
        SignedWebhook.sign(event, body.getBytes(StandardCharsets.UTF_8), NOW);
        return Arbitraries.randomValue(random -> Fuzz.anyEventLike(random, event));
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.randomValue(ArbitraryJson::bytes);
    }
}
