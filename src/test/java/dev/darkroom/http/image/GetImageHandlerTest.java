package dev.darkroom.http.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.archive.ImageSource.Fetched;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.Requests;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The links of images, from the answer that has them to what they lead to. */
class GetImageHandlerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CoreFixture core = new CoreFixture().keepingImages();
    private final FuzzedGateway gateway =
            new FuzzedGateway(core, new CallbackUrl(Optional.of(URI.create("https://gateway.example"))));
    private Generation row;

    @BeforeEach
    void aGenerationEnds() {
        row = core.submitted("a cat");
        core.clock.advance(Duration.ofSeconds(4));
        core.advance.advance(row);
    }

    @Test
    void theOutputsAreLinksOfTheGatewayFromTheFirstMoment() throws JsonProcessingException {
        var data = result();

        assertThat(data.path("outputs").get(0).asText())
                .isEqualTo("https://gateway.example/images/%s/%s/0.png".formatted(row.id(), token()));
        assertThat(data.at("/images/0/state").asText()).isEqualTo("at_provider");
        assertThat(data.has("source_urls")).isFalse();
    }

    @Test
    void aLinkLeadsToTheProviderUntilTheImageIsCopied() {
        var answer = open("0.png");

        assertThat(answer.path("statusCode").intValue()).isEqualTo(302);
        assertThat(answer.at("/headers/location").asText()).startsWith("https://images.example/");
        assertThat(answer.at("/headers/cache-control").asText()).isEqualTo("private, max-age=5");
    }

    @Test
    void theSameLinkThenLeadsToTheArchiveForAQuarterOfAnHour() throws JsonProcessingException {
        var link = result().path("outputs").get(0).asText();
        core.advance.advance(core.row(row));

        var answer = open("0.png");

        assertThat(answer.path("statusCode").intValue()).isEqualTo(302);
        assertThat(answer.at("/headers/location").asText())
                .isEqualTo("https://archive.example/images/%s/0?valid=900".formatted(row.id()));
        assertThat(answer.at("/headers/cache-control").asText()).isEqualTo("private, max-age=600");
        assertThat(result().path("outputs").get(0).asText()).isEqualTo(link);
    }

    @Test
    void theFactsOfAKeptImageAreShown() throws JsonProcessingException {
        core.advance.advance(core.row(row));

        var image = result().path("images").get(0);

        assertThat(image.path("state").asText()).isEqualTo("kept");
        assertThat(image.path("content_type").asText()).isEqualTo("image/png");
        assertThat(image.path("sha256").asText()).hasSize(64);
        assertThat(image.path("height").intValue()).isEqualTo(48);
        assertThat(image.has("reason")).isFalse();
    }

    @Test
    void anImageThatWasNotCopiedSaysWhy() throws JsonProcessingException {
        core.images.answer(source(), new Fetched.Refused("the image is too large"));
        core.advance.advance(core.row(row));

        var image = result().path("images").get(0);

        assertThat(image.path("state").asText()).isEqualTo("not_copied");
        assertThat(image.path("reason").asText()).isEqualTo("the image is too large");
        assertThat(open("0.png").at("/headers/location").asText()).isEqualTo(source());
    }

    /** Else a link that programs trust would lead them into their own network. */
    @Test
    void noLinkLeadsToAnAddressThatTheGatewayWouldNotOpen() throws JsonProcessingException {
        core.images.answer(source(), new Fetched.NotAllowed("the address is not public"));

        var before = open("0.png");
        core.advance.advance(core.row(row));

        assertThat(before.path("statusCode").intValue()).isEqualTo(410);
        assertThat(open("0.png").path("statusCode").intValue()).isEqualTo(410);
        assertThat(result().at("/images/0/reason").asText()).isEqualTo("the address is not public");
    }

    /** An address that is signed for GET refuses HEAD. */
    @Test
    void headOfAKeptImageLeadsToAnAddressForHead() {
        core.advance.advance(core.row(row));
        var head = event("0.png");
        head.withObject("/requestContext/http").put("method", "HEAD");

        assertThat(answer(head).at("/headers/location").asText()).endsWith("?valid=900&method=HEAD");
    }

    @Test
    void theProvidersAddressesAreThereForThoseWhoAskAndForAWeek() throws JsonProcessingException {
        core.advance.advance(core.row(row));

        assertThat(resultWithSource().path("source_urls").get(0).asText()).isEqualTo(source());
        core.clock.advance(Duration.ofDays(7));
        assertThat(resultWithSource().has("source_urls")).isFalse();
    }

    @Test
    void anOwnerFindsAnImageByItsContent() throws JsonProcessingException {
        core.advance.advance(core.row(row));
        var hash = result().at("/images/0/sha256").asText();

        var found = JSON.readTree(gateway.get
                .handleRequest(Requests.byHash(hash), new FakeContext(10_000))
                .path("body")
                .asText());

        assertThat(found.path("id").asText()).isEqualTo(row.id().value());
        assertThat(found.path("prompt_sha256").asText()).hasSize(64);
        assertThat(found.path("sha256").asText()).isEqualTo(hash);
    }

    @Test
    void noOtherOwnerFindsItAndNoneAfterItsDeletion() throws JsonProcessingException {
        core.advance.advance(core.row(row));
        var hash = result().at("/images/0/sha256").asText();
        var ofAnother = Requests.ofAnotherOwner(Requests.byHash(hash));
        assertThat(gateway.get
                        .handleRequest(ofAnother, new FakeContext(10_000))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(404);
        core.store.update(core.row(row).deleted(core.clock.instant()));

        var answer = gateway.get.handleRequest(Requests.byHash(hash), new FakeContext(10_000));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(404);
    }

    @Test
    void aDownloadHasAName() {
        core.advance.advance(core.row(row));
        var event = event("0.png");
        event.putObject("queryStringParameters").put("download", "1");

        assertThat(answer(event).at("/headers/location").asText()).endsWith("&name=%s-0.png".formatted(row.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.png", "0.jpg", "0", "", "receipt"})
    void anythingWrongIsNotFound(String file) {
        assertThat(open(file)).isEqualTo(withoutId(answer(event("f".repeat(32), token(), "0.png"))));
        assertThat(open(file).path("statusCode").intValue()).isEqualTo(404);
        assertThat(open(file).at("/headers/cache-control").asText()).isEqualTo("no-store");
    }

    @Test
    void aWrongTokenIsLikeAnUnknownId() {
        var wrong = answer(event(row.id().value(), "f".repeat(32), "0.png"));
        var unknown = answer(event("f".repeat(32), token(), "0.png"));

        assertThat(withoutId(wrong)).isEqualTo(withoutId(unknown));
    }

    @Test
    void aDeletedImageIsGone() {
        core.store.update(core.row(row).deleted(core.clock.instant()));

        assertThat(open("0.png").path("statusCode").intValue()).isEqualTo(410);
    }

    /** A provider's answer must not make the gateway redirect to a script. */
    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "data:text/html,x", "//elsewhere", "not an address", "https://a/\nx: y"})
    void onlyWebAddressesAreRedirectedTo(String url) {
        var completed = (State.Completed) core.row(row).state();
        var odd = new State.Completed(
                completed.predictionId(), List.of(new Output(url, false)), Duration.ZERO, completed.finishedAt());
        var stored = core.row(row);
        core.store.update(new Generation(
                stored.id(),
                stored.owner(),
                stored.request(),
                stored.createdAt(),
                stored.version() + 1,
                stored.dueAt(),
                odd,
                stored.followUps()));

        var answer = open("0");

        assertThat(answer.path("statusCode").intValue()).isEqualTo(410);
        assertThat(answer.path("headers").has("location")).isFalse();
    }

    @Test
    void headIsAnsweredLikeGetAndOptionsSaysWhatThereIs() {
        var head = event("0.png");
        head.withObject("/requestContext/http").put("method", "HEAD");
        var options = event("0.png");
        options.withObject("/requestContext/http").put("method", "OPTIONS");

        assertThat(withoutId(answer(head))).isEqualTo(open("0.png"));
        assertThat(answer(options).path("statusCode").intValue()).isEqualTo(204);
        assertThat(answer(options).at("/headers/allow").asText()).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void withoutABucketTheOutputsStayTheProviders() throws JsonProcessingException {
        var other = new CoreFixture();
        var plain = new FuzzedGateway(other, new CallbackUrl(Optional.empty()));
        var submitted = other.submitted("a cat");
        other.clock.advance(Duration.ofSeconds(4));
        other.advance.advance(submitted);

        var answer = plain.get.handleRequest(Requests.result(submitted.id().value()), new FakeContext(10_000));

        var data = JSON.readTree(answer.path("body").asText()).path("data");
        assertThat(data.path("outputs").get(0).asText()).startsWith("https://images.example/");
        assertThat(data.has("images")).isFalse();
    }

    private String token() {
        var link = row.request().link();
        return link == null ? "" : link.value();
    }

    private String source() {
        return ((State.Completed) core.row(row).state()).outputs().getFirst().url();
    }

    private JsonNode result() throws JsonProcessingException {
        return data(Requests.result(row.id().value()));
    }

    private JsonNode resultWithSource() throws JsonProcessingException {
        var event = Requests.result(row.id().value());
        event.putObject("queryStringParameters").put("include", "source");
        return data(event);
    }

    private JsonNode data(ObjectNode event) throws JsonProcessingException {
        var answer = gateway.get.handleRequest(event, new FakeContext(10_000));
        return JSON.readTree(answer.path("body").asText()).path("data");
    }

    private JsonNode open(String file) {
        return withoutId(answer(event(file)));
    }

    private ObjectNode event(String file) {
        return event(row.id().value(), token(), file);
    }

    private static ObjectNode event(String id, String token, String file) {
        return Requests.image(id, token, file);
    }

    private JsonNode answer(ObjectNode event) {
        return gateway.image.handleRequest(event, new FakeContext(10_000));
    }

    private static JsonNode withoutId(JsonNode answer) {
        ((ObjectNode) answer.path("headers")).remove("x-request-id");
        return answer;
    }
}
