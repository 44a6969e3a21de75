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
import dev.darkroom.sigv4.AwsSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

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

    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "TrentService.Sign");

    private final ByteCalls calls = ByteCalls.withNewConnections();
    private final KmsKey key;
    private final AwsSigner signer;

    public KmsReceiptSigner(KmsKey key, AwsCredentialsProvider credentials, InstantSource clock) {
        this.key = key;
        this.signer = new AwsSigner(credentials, "kms", key.region(), clock);
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
        var request = new ByteRequest(
                Method.POST, key.endpoint(), HEADERS, body.toString().getBytes(StandardCharsets.UTF_8));
        return switch (calls.send(signer.signed(request), MAX_ANSWER, TIMEOUT)) {
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

    private static SigningUnavailableException unavailable(String reason) {
        return new SigningUnavailableException("KMS cannot sign: " + reason);
    }
}
