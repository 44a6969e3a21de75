package dev.darkroom.kms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.core.archive.ReceiptSigner;
import dev.darkroom.core.archive.SigningUnavailableException;
import dev.darkroom.core.text.Sha256;
import dev.darkroom.httpclient.ByteCalls;
import dev.darkroom.httpclient.ByteRequest;
import dev.darkroom.httpclient.ByteRequest.Method;
import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.httpclient.HttpOutcome.Answered;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/**
 * Signs with a key that never leaves KMS. Everyone may have its public key, which verifies and cannot sign. It is one
 * call of one operation, so it needs no client of the SDK.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html">Sign</a>
 */
public final class KmsReceiptSigner implements ReceiptSigner {

    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final int MAX_ANSWER = 64 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final ByteCalls calls = ByteCalls.withNewConnections();
    private final KmsKey key;
    private final AwsCredentialsProvider credentials;
    private final InstantSource clock;

    public KmsReceiptSigner(KmsKey key, AwsCredentialsProvider credentials, InstantSource clock) {
        this.key = key;
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public String algorithm() {
        return "ES256";
    }

    @Override
    public String keyId() {
        return key.id();
    }

    @Override
    public byte[] sign(byte[] text) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("KeyId", key.id())
                .put(
                        "Message",
                        Base64.getEncoder().encodeToString(Sha256.digest().digest(text)))
                .put("MessageType", "DIGEST")
                .put("SigningAlgorithm", "ECDSA_SHA_256");
        var request = signed(body.toString().getBytes(StandardCharsets.UTF_8));
        return switch (calls.send(request, MAX_ANSWER, TIMEOUT)) {
            case Answered answer when answer.status() == 200 -> signature(answer);
            case Answered answer ->
                throw unavailable("the answer is %d %s"
                        .formatted(answer.status(), json(answer).path("__type").asText()));
            case HttpOutcome.NotSent failure -> throw unavailable(failure.reason());
            case HttpOutcome.Unanswered failure -> throw unavailable(failure.reason());
            case HttpOutcome.Broken failure -> throw unavailable(failure.reason());
            case HttpOutcome.TooLarge failure -> throw unavailable(failure.reason());
        };
    }

    private static byte[] signature(Answered answer) {
        try {
            return EcdsaSignature.ofDer(json(answer).path("Signature").binaryValue());
        } catch (IOException | RuntimeException _) {
            throw unavailable("the answer has no signature");
        }
    }

    private static JsonNode json(Answered answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException _) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private ByteRequest signed(byte[] body) {
        var unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(key.endpoint())
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "TrentService.Sign")
                .build();
        var signed = signer.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(unsigned)
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kms")
                .putProperty(AwsV4HttpSigner.REGION_NAME, key.region())
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(clock.instant(), ZoneOffset.UTC)));
        Map<String, String> headers = new HashMap<>();
        signed.request().forEachHeader((name, values) -> headers.put(name, values.getFirst()));
        return new ByteRequest(Method.POST, key.endpoint(), headers, body);
    }

    private static SigningUnavailableException unavailable(String reason) {
        return new SigningUnavailableException("KMS cannot sign: " + reason);
    }
}
