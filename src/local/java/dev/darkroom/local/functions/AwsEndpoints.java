package dev.darkroom.local.functions;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the functions reach AWS's services.
 *
 * @param bucket the address of S3; empty when no images are kept
 */
public record AwsEndpoints(URI table, URI lambda, URI stepFunctions, URI secrets, URI events, Optional<URI> bucket) {

    /** The environment variables that name them. */
    Map<String, String> variables() {
        var variables = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", table.toString(),
                "AWS_ENDPOINT_URL_LAMBDA", lambda.toString(),
                "AWS_ENDPOINT_URL_SFN", stepFunctions.toString(),
                "DARKROOM_AWS_SECRETS_ENDPOINT", secrets.toString(),
                "DARKROOM_EVENTS_ENDPOINT", events.toString()));
        bucket.ifPresent(address -> variables.put("DARKROOM_IMAGES_ENDPOINT", address.toString()));
        return variables;
    }
}
