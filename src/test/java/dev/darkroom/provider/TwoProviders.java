package dev.darkroom.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.TestClock;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.Requests;
import dev.darkroom.http.SignedWebhook;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.local.provider.ProviderSimulator;
import dev.darkroom.local.provider.WebhookSender;
import dev.darkroom.provider.easel.EaselFactory;
import dev.darkroom.provider.easel.EaselServer;
import dev.darkroom.provider.wavespeed.WaveSpeedProviders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The handlers and the core beside both providers, each a real server. Only the table is a fake. */
final class TwoProviders implements AutoCloseable {

    static final String IMAGEN = "wavespeed-ai/imagen4";
    static final String SKETCH = "easel/sketch";

    private static final JsonMapper JSON = new JsonMapper();
    private static final FakeContext CONTEXT = new FakeContext(300_000);

    final ProviderSimulator waveSpeed = new ProviderSimulator(Duration.ZERO, 1, WebhookSender.SECRET);
    final EaselServer easel = new EaselServer();
    final TestClock clock = new TestClock();
    final CoreFixture core;
    private final FuzzedGateway gateway;

    TwoProviders() {
        System.setProperty(EaselFactory.BASE_URL, easel.address().toString());
        var loader = EaselPieces.loader();
        var callback = new CallbackUrl(Optional.empty());
        var beans = ProviderBeans.of(WaveSpeedProviders.at(waveSpeed.address(), FuzzedGateway.WEBHOOK_SECRET, clock));
        var providers = WiredProviders.of(loader).make(beans, callback);
        core = new CoreFixture(clock, providers, JsonSchemaCatalogue.of(loader));
        gateway = new FuzzedGateway(core, callback);
    }

    /** Submits a prompt; returns the stored row. */
    Generation submit(String model, String prompt) {
        var event = Requests.submission(model, "{\"prompt\": \"%s\"}".formatted(prompt));
        var answer = body(gateway.submit.handleRequest(event, CONTEXT));
        return row(new GenerationId(answer.at("/data/id").asText()));
    }

    /** What a caller reads about the row. */
    JsonNode read(Generation row) {
        return body(gateway.get.handleRequest(Requests.result(row.id().value()), CONTEXT))
                .path("data");
    }

    /** One run of the schedule: sweeps all shards and queues. */
    void tick() {
        clock.advance(Duration.ofSeconds(10));
        gateway.poll.handleRequest(JsonNodeFactory.instance.objectNode(), CONTEXT);
    }

    /** Sends a webhook of this provider about the row, signed as WaveSpeed does it; returns the answer's status. */
    int webhook(String provider, Generation row, String body) {
        var event = Requests.webhook(provider, row.id().value()).put("body", body);
        SignedWebhook.sign(event, body.getBytes(StandardCharsets.UTF_8), clock.instant());
        return gateway.webhook.handleRequest(event, CONTEXT).path("statusCode").intValue();
    }

    Generation row(Generation row) {
        return row(row.id());
    }

    private Generation row(GenerationId id) {
        return core.store.find(id).orElseThrow();
    }

    private static JsonNode body(JsonNode answer) {
        try {
            return JSON.readTree(answer.path("body").asText());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + answer, e);
        }
    }

    @Override
    public void close() {
        System.clearProperty(EaselFactory.BASE_URL);
        easel.close();
        waveSpeed.close();
    }
}
