package dev.darkroom.local.functions;

import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import dev.darkroom.local.declared.Arns;
import dev.darkroom.local.declared.FunctionSpec;
import dev.darkroom.local.provider.WebhookSender;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables of functions: the declared ones as CloudFormation would resolve them, and those that Lambda
 * adds.
 *
 * @param aws the addresses of AWS's services for the functions
 * @param provider the address of the simulator for the functions; empty for the real provider
 * @param webhooks the address of the gateway for the provider
 */
public record FunctionEnvironment(AwsEndpoints aws, Optional<URI> provider, URI webhooks) {

    public Map<String, String> of(FunctionSpec spec, PlatformOptions options) {
        var resolved = Map.of(
                "DARKROOM_TABLE_NAME",
                Platform.TABLE,
                "DARKROOM_SWEEP_FUNCTION",
                "poll-generations",
                "DARKROOM_SWEEP_FEW_FUNCTION",
                "poll-few-generations",
                // As with a native executable, so that shards are handed over here too.
                "DARKROOM_SWEEP_FEW",
                "true");
        var environment = new HashMap<String, String>();
        spec.environment().forEach((name, value) -> environment.put(name, resolved.getOrDefault(name, value)));
        if (!options.throttled()) {
            environment.replace("DARKROOM_BUDGET_MAX_PER_DAY", "0");
        }
        if (options.webhooks()) {
            // A proxy, because the functions need the address before the gateway listens, and the gateway needs the
            // functions.
            environment.replace("DARKROOM_GATEWAY_PUBLIC_URL", webhooks.toString());
            environment.computeIfPresent(
                    "DARKROOM_WAVESPEED_WEBHOOK_SECRET",
                    (_, secret) -> secret.isEmpty() ? WebhookSender.SECRET : secret);
        }
        environment.replace("DARKROOM_GATEWAY_ENDPOINT_URL", endpoint(options).toString());
        environment.put("AWS_REGION", Arns.REGION);
        environment.put("AWS_ACCESS_KEY_ID", spec.name());
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.putAll(aws.variables());
        environment.computeIfPresent("DARKROOM_IMAGES_BUCKET", (_, bucket) -> bucket.isEmpty() ? "" : Platform.BUCKET);
        provider.ifPresent(address -> {
            environment.put("DARKROOM_WAVESPEED_BASE_URL", address.toString());
            // The images of the simulator are on this machine.
            environment.put("DARKROOM_FETCH_LOOPBACK", "true");
        });
        environment.putAll(options.environment());
        return Map.copyOf(environment);
    }

    /** With any free port, only the proxy that leads to the gateway has an address before the gateway listens. */
    private URI endpoint(PlatformOptions options) {
        return options.port() == 0 ? webhooks : URI.create("http://localhost:" + options.port());
    }
}
