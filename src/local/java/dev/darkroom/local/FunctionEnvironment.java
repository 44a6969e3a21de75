package dev.darkroom.local;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What CloudFormation would resolve in the declared variables of functions, and what Lambda would add to them.
 *
 * @param table where the functions reach the table
 * @param provider where they reach the simulator; empty for the real provider
 * @param webhooks where the provider reaches the gateway
 */
record FunctionEnvironment(URI table, URI lambda, URI stepFunctions, Optional<URI> provider, URI webhooks) {

    Map<String, String> of(FunctionSpec spec, PlatformOptions options) {
        var resolved = Map.of(
                "DARKROOM_TABLE",
                Platform.TABLE,
                "DARKROOM_SWEEP_FUNCTION",
                "poll-generations",
                "WAVESPEED_API_KEY",
                options.providerKey().orElse("simulated"));
        var environment = new HashMap<String, String>();
        spec.environment().forEach((name, value) -> environment.put(name, resolved.getOrDefault(name, value)));
        if (options.webhooks()) {
            // The functions need it before the front listens, which needs the functions.
            environment.replace("DARKROOM_PUBLIC_URL", webhooks.toString());
            environment.replace("WAVESPEED_WEBHOOK_SECRET", WebhookSender.SECRET);
        }
        environment.put("AWS_REGION", Arns.REGION);
        environment.put("AWS_ACCESS_KEY_ID", spec.name());
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", table.toString());
        environment.put("AWS_ENDPOINT_URL_LAMBDA", lambda.toString());
        environment.put("AWS_ENDPOINT_URL_SFN", stepFunctions.toString());
        provider.ifPresent(address -> environment.put("WAVESPEED_BASE_URL", address.toString()));
        environment.putAll(options.environment());
        return Map.copyOf(environment);
    }
}
