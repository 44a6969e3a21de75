package dev.darkroom.restclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.httpclient.HttpOutcome.NotSent;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.RestClientDefinitionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an interface's annotations become on the wire, and which interfaces are refused. */
class RestClientsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String OK = "HTTP/1.1 200 OK\r\nX-Two: 1\r\nX-Two: 2\r\nContent-Length: 2\r\n\r\nOK";

    @Path("/shop/")
    @Produces("text/csv")
    public interface Shop {

        @GET
        @Path("/items/{id}")
        Response item(@PathParam("id") String id);

        @GET
        @Path("tree/{path: [a-z/%]+}/leaf")
        Response leaf(@PathParam("path") String path);

        @GET
        Response search(@QueryParam("q") @Nullable String text, @QueryParam("page no") @Nullable String page);

        @PUT
        @Consumes("text/plain")
        @Produces({"text/a", "text/b"})
        Response put(@HeaderParam("X-Key") @Nullable String key, byte @Nullable [] body);

        @DELETE
        @Path("items/{id}")
        Response delete(@PathParam("id") String id);

        @POST
        Response post(byte[] body);
    }

    @ParameterizedTest
    @CsvSource({
        "a-Z_0.9~, a-Z_0.9~",
        "a b+c, a%20b%2Bc",
        "../a/b, ..%2Fa%2Fb",
        "100%25?x=y&z#f;p, 100%2525%3Fx%3Dy%26z%23f%3Bp",
        "\u00e4\ud83d\ude00, %C3%A4%F0%9F%98%80"
    })
    void aVariableIsOneSegment(String id, String segment) {
        assertThat(line(shop -> shop.item(id))).isEqualTo("GET /base/shop/items/" + segment + " HTTP/1.1");
    }

    @Test
    void slashesStayWhereTheExpressionAllowsThem() {
        assertThat(line(shop -> shop.leaf("a/b%/c"))).isEqualTo("GET /base/shop/tree/a/b%25/c/leaf HTTP/1.1");
    }

    @Test
    void aValueThatTheExpressionDoesNotAllowIsNotSent() {
        try (var server = RawServer.answering(Answer.of(OK))) {
            var outcome = send(server, shop -> shop.leaf("A"));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            NotSent.class,
                            notSent -> assertThat(notSent.cause()).isEqualTo(NotSent.Cause.INVALID));
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void parametersOfTheQueryAreEncodedAndLeftOutWhenThereAreNone() {
        assertThat(line(shop -> shop.search(null, null))).isEqualTo("GET /base/shop HTTP/1.1");
        assertThat(line(shop -> shop.search(null, "2"))).isEqualTo("GET /base/shop?page%20no=2 HTTP/1.1");
        assertThat(line(shop -> shop.search("a&b=c", ""))).isEqualTo("GET /base/shop?q=a%26b%3Dc&page%20no= HTTP/1.1");
    }

    @Test
    void theAnnotationsOfAMethodPrecedeThoseOfItsInterface() {
        assertThat(request(shop -> shop.put("k", new byte[] {'x'})))
                .contains(
                        "PUT /base/shop HTTP/1.1",
                        "Accept: text/a,text/b",
                        "Content-Type: text/plain",
                        "X-Key: k",
                        "x");
        assertThat(request(shop -> shop.post(new byte[0])))
                .contains("Accept: text/csv", "Content-Type: application/json", "Content-Length: 0");
        assertThat(request(shop -> shop.put(null, null)))
                .contains("Content-Length: 0")
                .noneMatch(line -> line.startsWith("X-Key"));
    }

    @Test
    void aRequestWithoutABodyHasNoLength() {
        assertThat(request(shop -> shop.delete("1"))).noneMatch(line -> line.startsWith("Content-"));
    }

    @Test
    void theBuilderOfMicroProfileMakesTheseClients() {
        try (var server = RawServer.answering(Answer.of(OK))) {
            var shop = RestClientBuilder.newBuilder()
                    .baseUri(server.address())
                    .header("X-Every", "call")
                    .build(Shop.class);

            var outcome = RestCalls.send(() -> shop.delete("1"), 10, LONG);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Answered.class,
                            answered -> assertThat(answered.headers()).containsEntry("x-two", List.of("1", "2")));
            assertThat(server.requests().getFirst()).contains("X-Every: call\r\n", "Connection: close\r\n");
            assertThat(Set.of(shop)).contains(shop);
            assertThat(shop).hasToString("Shop of " + server.address());
        }
    }

    @Test
    void aClientThatIsCalledWithoutATimeLimitSendsNothing() {
        try (var server = RawServer.answering(Answer.of(OK))) {
            var shop = RestClients.withNewConnections(server.address()).build(Shop.class);

            assertThatIllegalStateException().isThrownBy(() -> shop.delete("1"));

            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void settingsThatTheBuilderDoesNotHaveAreRefused() {
        var builder = RestClientBuilder.newBuilder();

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> builder.readTimeout(1, TimeUnit.SECONDS));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> builder.followRedirects(true));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> builder.register(new Object()));
        assertThatIllegalStateException().isThrownBy(() -> builder.build(Shop.class));
    }

    public interface WithoutPath {

        @GET
        Response get();
    }

    @Path("/")
    public interface WithoutMethod {

        Response get();
    }

    @Path("/")
    public interface WithAnotherResult {

        @GET
        String get();
    }

    @Path("/")
    public interface WithAnUnknownVariable {

        @GET
        @Path("{a}")
        Response get(@PathParam("b") String b);
    }

    @Path("/")
    public interface WithACookie {

        @GET
        Response get(@CookieParam("c") String cookie);
    }

    @Path("/")
    public interface WithTextAsBody {

        @POST
        Response post(String body);
    }

    @Path("/")
    public interface WithTwoOfAName {

        @GET
        Response get();

        @GET
        Response get(@QueryParam("q") String q);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                WithoutPath.class,
                WithoutMethod.class,
                WithAnotherResult.class,
                WithAnUnknownVariable.class,
                WithACookie.class,
                WithTextAsBody.class,
                WithTwoOfAName.class
            })
    void anInterfaceThatCannotBeUnderstoodIsRefused(Class<?> type) {
        var clients = RestClients.withNewConnections(URI.create("http://localhost"));

        assertThatExceptionOfType(RestClientDefinitionException.class).isThrownBy(() -> clients.build(type));
    }

    /** One call of a client. */
    private interface Call {

        Response on(Shop shop);
    }

    private static String line(Call call) {
        return request(call).getFirst();
    }

    private static List<String> request(Call call) {
        try (var server = RawServer.answering(Answer.of(OK))) {
            assertThat(send(server, call)).isInstanceOf(Answered.class);
            return List.of(server.requests().getFirst().split("\r\n"));
        }
    }

    private static Object send(RawServer server, Call call) {
        var shop = RestClients.withNewConnections(URI.create(server.address() + "/base/"))
                .build(Shop.class);
        Supplier<Response> sent = () -> call.on(shop);
        return RestCalls.send(sent, 10, LONG);
    }
}
