package dev.darkroom.http.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.archive.FindImage;
import dev.darkroom.core.archive.ImageRetention;
import dev.darkroom.core.archive.ReceiptSigner;
import dev.darkroom.core.archive.SigningUnavailableException;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.HttpErrorBoundaries;
import dev.darkroom.http.Requests;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CoreFixture core = new CoreFixture().keepingImages();
    private final FuzzedGateway gateway = new FuzzedGateway(core, new CallbackUrl(Optional.empty()));
    private Generation row;

    @BeforeEach
    void aGenerationEnds() {
        row = core.submitted("a cat");
        core.clock.advance(Duration.ofSeconds(4));
        core.advance.advance(row);
    }

    /** As RFC 7515, section 5.2, verifies it. */
    @Test
    void anyoneWithTheKeyCanVerifyIt() throws JsonProcessingException, GeneralSecurityException {
        core.advance.advance(core.row(row));

        var answer = receipt(token());

        var parts = body(answer).path("jws").asText().split("\\.", 3);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(FuzzedGateway.RECEIPT_KEY.getBytes(UTF_8), "HmacSHA256"));
        assertThat(Base64.getUrlDecoder().decode(parts[2]))
                .isEqualTo(mac.doFinal((parts[0] + "." + parts[1]).getBytes(US_ASCII)));
        assertThat(decoded(parts[0]).path("alg").asText()).isEqualTo("HS256");
        assertThat(decoded(parts[0]).path("typ").asText()).isEqualTo("image-receipt+jws");
        assertThat(decoded(parts[0]).path("kid").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256").digest(FuzzedGateway.RECEIPT_KEY.getBytes(UTF_8)))
                        .substring(0, 16));
        assertThat(decoded(parts[1])).isEqualTo(body(answer).path("receipt"));
    }

    @Test
    void itHasTheFactsOfTheImageAndNotThePrompt() throws JsonProcessingException {
        core.advance.advance(core.row(row));

        var receipt = body(receipt(token())).path("receipt");

        assertThat(receipt.path("id").asText()).isEqualTo(row.id().value());
        assertThat(receipt.path("sha256").asText())
                .isEqualTo(core.events.keptImages().getFirst().sha256().hex());
        assertThat(receipt.path("prompt_sha256").asText()).hasSize(64);
        assertThat(receipt.toString()).doesNotContain("a cat");
    }

    @Test
    void thereIsNoneBeforeTheCopyOrForAnotherLink() {
        assertThat(receipt(token()).path("statusCode").intValue()).isEqualTo(404);
        assertThat(receipt("f".repeat(32)).path("statusCode").intValue()).isEqualTo(404);
    }

    @Test
    void thereIsNoneWithoutAKey() {
        core.advance.advance(core.row(row));
        var handler = handler(Optional.empty());

        var answer =
                handler.handleRequest(Requests.receipt(row.id().value(), token(), "0.png"), new FakeContext(10_000));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(404);
        assertThat(answer.path("body").asText()).contains("receipts are off");
    }

    @Test
    void aKeyThatCannotBeUsedIsTemporary() {
        core.advance.advance(core.row(row));
        var handler = handler(Optional.of(new UnusableKey()));

        var answer =
                handler.handleRequest(Requests.receipt(row.id().value(), token(), "0.png"), new FakeContext(10_000));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(503);
        assertThat(answer.path("body").asText()).contains("signing_unavailable").doesNotContain("secret");
    }

    private GetImageHandler handler(Optional<ReceiptSigner> signer) {
        return new GetImageHandler(
                new FindImage(core.store, new ImageRetention(Duration.ofDays(30), core.clock)),
                core.archive,
                core.images,
                new Receipts(signer, core.clock),
                HttpErrorBoundaries.of(core.clock));
    }

    private record UnusableKey() implements ReceiptSigner {

        @Override
        public String algorithm() {
            return "ES256";
        }

        @Override
        public String keyId() {
            return "a-key";
        }

        @Override
        public byte[] sign(byte[] text) {
            throw new SigningUnavailableException("secret");
        }
    }

    private JsonNode receipt(String token) {
        return gateway.image.handleRequest(Requests.receipt(row.id().value(), token, "0.png"), new FakeContext(10_000));
    }

    private String token() {
        return Optional.ofNullable(row.request().link()).orElseThrow().value();
    }

    private static JsonNode body(JsonNode answer) throws JsonProcessingException {
        return JSON.readTree(answer.path("body").asText());
    }

    private static JsonNode decoded(String part) throws JsonProcessingException {
        return JSON.readTree(new String(Base64.getUrlDecoder().decode(part), UTF_8));
    }
}
