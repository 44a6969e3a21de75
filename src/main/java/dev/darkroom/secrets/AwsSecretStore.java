package dev.darkroom.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.core.provider.SecretStore;
import dev.darkroom.core.provider.SecretUnavailableException;
import dev.darkroom.httpclient.ByteCalls;
import dev.darkroom.httpclient.ByteRequest;
import dev.darkroom.httpclient.ByteRequest.Method;
import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.sigv4.AwsSigner;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Reads secrets of Secrets Manager, by name or ARN, and parameters of Systems Manager, by ARN. Each is one call of one
 * operation, so it needs no client of the SDK.
 */
public final class AwsSecretStore implements SecretStore {

    private static final Logger LOG = Logger.getLogger(AwsSecretStore.class);

    /** A caller waits for the first reading, and a function starts within ten seconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** In bytes: a secret has 64 KB at most. */
    private static final int MAX_ANSWER = 128 * 1024;

    private static final JsonMapper JSON = new JsonMapper();

    private final ByteCalls calls = ByteCalls.withNewConnections();
    private final String region;
    private final Optional<URI> endpoint;
    private final AwsCredentialsProvider credentials;
    private final InstantSource clock;

    /** {@code endpoint} takes the place of both services' own addresses. */
    public AwsSecretStore(
            String region, Optional<URI> endpoint, AwsCredentialsProvider credentials, InstantSource clock) {
        this.region = region;
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public String read(SecretName name) {
        try {
            return value(name, SecretsService.of(name.id()));
        } catch (SecretUnavailableException e) {
            MDC.put("reason", e.getMessage());
            LOG.error("secret-not-read");
            MDC.remove("reason");
            throw e;
        }
    }

    private String value(SecretName name, SecretsService service) {
        return switch (calls.send(request(name.id(), service), MAX_ANSWER, TIMEOUT)) {
            case Answered answer
            when answer.status() == 200 ->
                service.value(json(answer.body()))
                        .map(text -> valueIn(text, name))
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .orElseThrow(() -> unavailable(name, "it has no text"));
            case Answered answer ->
                throw unavailable(
                        name,
                        "the answer is %d %s"
                                .formatted(
                                        answer.status(),
                                        json(answer.body()).path("__type").asText()));
            case HttpOutcome.NotSent failure -> throw unavailable(name, failure.reason());
            case HttpOutcome.Unanswered failure -> throw unavailable(name, failure.reason());
            case HttpOutcome.Broken failure -> throw unavailable(name, failure.reason());
            case HttpOutcome.TooLarge failure -> throw unavailable(name, failure.reason());
        };
    }

    private ByteRequest request(String id, SecretsService service) {
        var place = SecretsService.region(id, region);
        var headers = Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", service.target());
        var request = new ByteRequest(
                Method.POST,
                endpoint.orElseGet(() -> service.endpoint(place)),
                headers,
                service.request(id).toString().getBytes(StandardCharsets.UTF_8));
        return new AwsSigner(credentials, service.signingName(), place, clock).signed(request);
    }

    /** A secret of JSON is never used as a whole: the provider would get all of it. */
    private static String valueIn(String secret, SecretName name) {
        if (name.field().isEmpty()) {
            if (secret.strip().startsWith("{")) {
                throw unavailable(name, "it is JSON, and no field of it is named");
            }
            return secret;
        }
        var value = json(secret.getBytes(StandardCharsets.UTF_8))
                .path(name.field().get())
                .textValue();
        if (value == null) {
            throw unavailable(
                    name, "it is not a JSON object with a text " + name.field().get());
        }
        return value;
    }

    private static JsonNode json(byte[] text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).orElseGet(JsonNodeFactory.instance::objectNode);
        } catch (IOException _) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static SecretUnavailableException unavailable(SecretName name, String reason) {
        return new SecretUnavailableException("the secret %s cannot be used: %s".formatted(name.id(), reason));
    }
}
