package dev.darkroom;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Configures the application under test and starts a WireMock in the provider's place. */
public final class GatewayTestResource implements QuarkusTestResourceLifecycleManager {

    /** The secret with which the provider signs its webhooks. */
    public static final String WEBHOOK_SECRET = "whsec_the-webhook-secret";

    private final WireMockServer provider =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @Override
    public Map<String, String> start() {
        provider.start();
        return Map.ofEntries(
                Map.entry("darkroom.wavespeed.base-url", provider.baseUrl()),
                Map.entry("darkroom.wavespeed.api-key", "the-provider-key"),
                Map.entry("darkroom.wavespeed.webhook-secret", WEBHOOK_SECRET),
                Map.entry("AWS_REGION", "us-east-1"),
                Map.entry("darkroom.wavespeed.result-timeout", "PT3S"),
                Map.entry("quarkus.lambda.handler", "submit-generation"),
                Map.entry("quarkus.log.console.json.enabled", "false"));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(provider, new TestInjector.MatchesType(WireMockServer.class));
    }

    @Override
    public void stop() {
        provider.stop();
    }
}
