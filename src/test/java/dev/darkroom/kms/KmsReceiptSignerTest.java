package dev.darkroom.kms;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.core.archive.SigningUnavailableException;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A server that signs as KMS does, with a key of its own. */
class KmsReceiptSignerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] TEXT = "header.payload".getBytes(US_ASCII);

    private final KeyPair keys = keys();
    private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
    private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    private HttpServer kms = Http.serve(0, this::sign);

    @AfterEach
    void end() {
        kms.stop(0);
    }

    /** Numbers of a signature are now and then a byte shorter. */
    @RepeatedTest(300)
    void thePublicKeyVerifiesTheSignature() throws GeneralSecurityException {
        var signature = signer().sign(TEXT);

        var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(keys.getPublic());
        verifier.update(TEXT);
        assertThat(verifier.verify(signature)).isTrue();
    }

    @Test
    void theCallIsSignedAndNamesTheKeyAndNotTheText() {
        signer().sign(TEXT);

        var headers = requests.getFirst().getRequestHeaders();
        assertThat(headers.getFirst("X-Amz-Target")).isEqualTo("TrentService.Sign");
        assertThat(headers.getFirst("Authorization")).contains("/eu-central-1/kms/aws4_request");
        assertThat(bodies.getFirst().path("KeyId").asText()).isEqualTo("a-key");
        assertThat(bodies.getFirst().path("MessageType").asText()).isEqualTo("DIGEST");
        assertThat(bodies.getFirst().path("SigningAlgorithm").asText()).isEqualTo("ECDSA_SHA_256");
        assertThat(Base64.getDecoder().decode(bodies.getFirst().path("Message").asText()))
                .hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "",
                "{\"Signature\": 1}",
                "{\"Signature\": \"AAAA\"}",
                "{\"Signature\": \"MAYCAQECAQ==\"}"
            })
    void anAnswerWithoutASignatureIsAFailure(String answer) {
        replaced(200, answer);

        assertThatThrownBy(() -> signer().sign(TEXT))
                .isInstanceOf(SigningUnavailableException.class)
                .hasMessage("KMS cannot sign: the answer has no signature");
    }

    @Test
    void aRefusalIsNamed() {
        replaced(400, "{\"__type\": \"AccessDeniedException\"}");

        assertThatThrownBy(() -> signer().sign(TEXT))
                .hasMessage("KMS cannot sign: the answer is 400 AccessDeniedException");
    }

    @Test
    void noConnectionIsAFailure() {
        var signer = signer();
        kms.stop(0);

        assertThatThrownBy(() -> signer.sign(TEXT)).isInstanceOf(SigningUnavailableException.class);
    }

    private void replaced(int status, String answer) {
        kms.stop(0);
        kms = Http.serve(0, exchange -> Http.answer(exchange, status, Map.of(), answer.getBytes(US_ASCII)));
    }

    private KmsReceiptSigner signer() {
        return new KmsReceiptSigner(
                new KmsKey("a-key", "eu-central-1", Http.address(kms)),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")),
                InstantSource.system());
    }

    private void sign(HttpExchange exchange) throws IOException {
        requests.add(exchange);
        var body = JSON.readTree(exchange.getRequestBody());
        bodies.add(body);
        var answer = JSON.createObjectNode()
                .put("Signature", der(body.path("Message").binaryValue()));
        Http.answer(exchange, 200, Map.of(), answer.toString().getBytes(US_ASCII));
    }

    private byte[] der(byte[] digest) {
        try {
            var signature = Signature.getInstance("NONEwithECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(digest);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
