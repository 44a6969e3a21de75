package dev.darkroom.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.archive.ImageSource;
import dev.darkroom.core.archive.ImageSource.Fetched;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.httpclient.ListeningSocket;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpImageSourceTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nimage";

    /** As deployed. */
    private final ImageSource source = new HttpImageSource(() -> false, CLOCK);

    /** As on the local platform. */
    private final ImageSource local = new HttpImageSource(() -> true, CLOCK);

    @Test
    void anImageIsFetchedByteForByte() {
        var bytes = new byte[256];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) i);
        Answer answer = (_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 256\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
        };
        try (var server = RawServer.answering(answer)) {
            assertThat(fetch(local, server.address() + "/a%2Fb/%C3%A4.png?x=%2B+y&z", LONG))
                    .isEqualTo(new Fetched.Content(new ImageBytes(bytes)));
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.split("\r\n"))
                            .contains("GET /a%2Fb/%C3%A4.png?x=%2B+y&z HTTP/1.1", "Accept-Encoding: identity"));
        }
    }

    @Test
    void anImageInPartsIsPutTogether() {
        try (var server = RawServer.answering(
                Answer.of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nima\r\n2\r\nge\r\n0\r\n\r\n"))) {
            assertThat(fetch(local, server.address().toString(), LONG)).isEqualTo(content("image"));
        }
    }

    /** Every form of this machine's own addresses, and names of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost",
                "https://LOCALHOST",
                "https://localhost.",
                "https://127.0.0.1",
                "https://127.1",
                "https://127.0.0.2",
                "https://2130706433",
                "https://0.0.0.0",
                "https://[::1]",
                "https://[::]",
                "https://[::ffff:127.0.0.1]",
                "https://[::127.0.0.1]",
                "https://[0:0:0:0:0:0:0:1]",
                "http://localhost",
                "http://127.0.0.1",
                "HTTP://localhost",
                "ftp://localhost",
                "gopher://localhost",
                "https://user@localhost",
                "https://user:password@localhost"
            })
    void thisMachineIsNeverConnectedTo(String origin) {
        try (var listener = ListeningSocket.onAllAddresses()) {
            var fetched = fetch(source, "%s:%d/image.png".formatted(origin, listener.port()), LONG);

            assertThat(fetched).isInstanceOfAny(Fetched.NotAllowed.class, Fetched.Failed.class);
            assertThat(listener.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/latest/meta-data/",
                "https://[fd00:ec2::254]/latest/meta-data/",
                "https://[::ffff:169.254.169.254]/",
                "https://[64:ff9b::a9fe:a9fe]/",
                "https://[2002:a9fe:a9fe::1]/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://192.168.0.1/",
                "https://100.64.0.1/",
                "https://[fe80::1]/",
                "https://224.0.0.1/"
            })
    void privateNetworksAreRefused(String address) {
        assertThat(fetch(source, address, LONG)).isEqualTo(new Fetched.NotAllowed("the address is not public"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            file:///etc/passwd               | the address is not https
            file://localhost/etc/passwd      | the address is not https
            data:image/png;base64,AAAA       | the address is not https
            jar:https://a.example/a.jar!/b   | the address is not https
            /images/1.png                    | the address is not https
            //a.example/images/1.png         | the address is not https
            https:///images/1.png            | the address has no valid host and port
            https:image.png                  | the address has no valid host and port
            https://a_b.example/             | the address has no valid host and port
            https://a.example:65536/         | the address has no valid host and port
            https://a.example:0/             | the address has no valid host and port
            https://user:password@a.example/ | the address has credentials
            https://@a.example/              | the address has credentials
            """)
    void anAddressThatIsNoImagesAddressIsRefused(String address, String reason) {
        assertThat(fetch(source, address, LONG)).isEqualTo(new Fetched.NotAllowed(reason));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsFollowed(int status) {
        try (var image = RawServer.answering(Answer.of(OK));
                var server = redirecting(status, image.address() + "/image.png")) {
            assertThat(fetch(local, server.address() + "/first", LONG)).isEqualTo(content("image"));
            assertThat(image.requests()).singleElement().asString().startsWith("GET /image.png HTTP/1.1\r\n");
        }
    }

    @Test
    void aRelativeRedirectIsFollowed() {
        Answer answer = (request, out) -> out.write(bytes(
                request.startsWith("GET /a/image.png ")
                        ? OK
                        : "HTTP/1.1 302 Found\r\nLocation: image.png\r\nContent-Length: 0\r\n\r\n"));
        try (var server = RawServer.answering(answer)) {
            assertThat(fetch(local, server.address() + "/a/b", LONG)).isEqualTo(content("image"));
        }
    }

    /** As many servers write it, and browsers read it. */
    @ParameterizedTest
    @CsvSource({"/a cat.png, /a%20cat.png", "/kätzchen.png, /k%E4tzchen.png", "/{a}|b^c.png, /%7Ba%7D%7Cb%5Ec.png"})
    void anAddressWithCharactersThatItCannotHaveIsFollowed(String location, String expected) {
        Answer answer = (request, out) -> out.write((request.startsWith("GET / ")
                        ? "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n".formatted(location)
                        : OK)
                .getBytes(StandardCharsets.ISO_8859_1));
        try (var server = RawServer.answering(answer)) {
            assertThat(fetch(local, server.address() + "/", LONG)).isEqualTo(content("image"));
            assertThat(server.requests().getLast()).startsWith("GET " + expected + " HTTP/1.1");
        }
    }

    @Test
    void theFourthRedirectIsNotFollowed() {
        try (var server =
                RawServer.answering(Answer.of("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(fetch(local, server.address().toString(), LONG))
                    .isEqualTo(new Fetched.Refused("the server redirects more than 3 times"));
            assertThat(server.connections()).isEqualTo(4);
        }
    }

    /** The first server is allowed, the second one is not. */
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.2", "https://127.0.0.2", "ftp://127.0.0.1", "http://user@127.0.0.1"})
    void aRedirectToAForbiddenAddressIsNotFollowed(String origin) throws IOException {
        var some = InetAddress.getAllByName("127.0.0.1")[0];
        var limited = new HttpImageSource(some::equals, some::equals, true, CLOCK);
        try (var listener = ListeningSocket.onAllAddresses();
                var server = redirecting(302, "%s:%d/".formatted(origin, listener.port()))) {
            var fetched = fetch(limited, "http://127.0.0.1:" + server.address().getPort(), LONG);

            assertThat(fetched).isInstanceOf(Fetched.NotAllowed.class);
            assertThat(server.connections()).isOne();
            assertThat(listener.connections()).isZero();
        }
    }

    @Test
    void onTheLocalPlatformOnlyThisMachineIsReachedWithoutTls() {
        assertThat(fetch(local, "http://169.254.169.254/", LONG))
                .isEqualTo(new Fetched.NotAllowed("the address is not public"));
        assertThat(fetch(local, "http://1.1.1.1/", LONG))
                .isEqualTo(new Fetched.NotAllowed("the address is not public"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 404 Not Found$Content-Length: 2$$no                                | the server answered 404
            HTTP/1.1 500 Oops$Content-Length: 0$$                                       | the server answered 500
            HTTP/1.1 206 Partial Content$Content-Length: 2$$im                          | the server answered 206
            HTTP/1.1 200 OK$Content-Length: 0$$                                         | the answer is empty
            HTTP/1.1 200 OK$$image                                                      | the answer does not say how long it is, so it may be cut off
            HTTP/1.1 200 OK$Content-Encoding: gzip$Content-Length: 5$$image             | the answer is compressed
            HTTP/1.1 302 Found$Content-Length: 0$$                                      | the server redirects without a valid address
            HTTP/1.1 302 Found$Location: https://[a/$Content-Length: 0$$                | the server redirects without a valid address
            HTTP/1.1 200 OK$Content-Length: 50$$image                                   | the connection broke
            not HTTP$$                                                                  | the connection broke
            """)
    void whatIsNoWholeImageIsFetchedAgainLater(String answer, String reason) {
        try (var server = RawServer.answering(Answer.of(answer.replace("$", "\r\n")))) {
            assertThat(fetch(local, server.address().toString(), LONG))
                    .isInstanceOfSatisfying(
                            Fetched.Failed.class,
                            failed -> assertThat(failed.reason()).startsWith(reason));
        }
    }

    @Test
    void aFileThatSaysThatItIsTooLargeIsNotRead() {
        try (var server = RawServer.answering(
                Answer.andThenAFlood("HTTP/1.1 200 OK\r\nContent-Length: 34603008\r\n\r\n", "x".repeat(100_000)))) {
            var start = System.nanoTime();

            var fetched = fetch(local, server.address().toString(), LONG);

            assertThat(fetched).isEqualTo(new Fetched.Refused("the answer is larger than 32768 KB"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aFileOfUnknownLengthIsReadToTheLimit() {
        var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        try (var server = RawServer.answering(
                Answer.andThenAFlood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk))) {
            assertThat(fetch(local, server.address().toString(), LONG))
                    .isEqualTo(new Fetched.Refused("the answer is larger than 32768 KB"));
        }
    }

    @Test
    void aFileOf32MbIsFetched() {
        Answer answer = (_, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(ImageBytes.MAX_BYTES)));
            writeZeros(out, ImageBytes.MAX_BYTES);
        };
        try (var server = RawServer.answering(answer)) {
            assertThat(fetch(local, server.address().toString(), LONG))
                    .isEqualTo(new Fetched.Content(new ImageBytes(new byte[ImageBytes.MAX_BYTES])));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // not even a head
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\ni",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n",
                "HTTP/1.1 200 OK\r\n\r\n"
            })
    void aServerThatDripsEndsAtTheDeadline(String beginning) {
        try (var server = RawServer.answering(Answer.andThenADrip(beginning, 'x'))) {
            var start = System.nanoTime();

            var fetched = fetch(local, server.address().toString(), SHORT);

            assertThat(fetched).isInstanceOf(Fetched.Failed.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    /** The deadline is for all redirects together. */
    @Test
    void aServerThatRedirectsSlowlyEndsAtTheDeadline() {
        Answer answer = (_, out) -> {
            Thread.sleep(200);
            out.write(bytes("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"));
        };
        try (var server = RawServer.answering(answer)) {
            assertThat(fetch(local, server.address().toString(), SHORT)).isInstanceOf(Fetched.Failed.class);
            assertThat(server.connections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void withoutTimeNothingIsSent() {
        try (var listener = ListeningSocket.onAllAddresses()) {
            var fetched = local.fetch(
                    URI.create("http://localhost:" + listener.port()),
                    CLOCK.instant().minusMillis(1));

            assertThat(fetched).isEqualTo(new Fetched.Failed("no time was left"));
            assertThat(listener.connections()).isZero();
        }
    }

    @Test
    void aServerThatCannotBeReachedIsTriedAgainLater() {
        int port;
        try (var listener = ListeningSocket.onAllAddresses()) {
            port = listener.port();
        }

        assertThat(fetch(local, "http://localhost:" + port, LONG)).isInstanceOf(Fetched.Failed.class);
        assertThat(fetch(source, "https://no-such-host.invalid/", LONG)).isInstanceOf(Fetched.Failed.class);
    }

    /** Only an address that is not allowed is a reason to give an image up before anything was sent. */
    @Test
    void anErrorOfTheClientIsNoReasonToGiveTheImageUp() {
        var faulty = new HttpImageSource(
                _ -> {
                    throw new IllegalStateException();
                },
                _ -> true,
                false,
                CLOCK);

        assertThat(fetch(faulty, "https://localhost/", LONG))
                .isEqualTo(new Fetched.Failed("no connection: IllegalStateException"));
    }

    private static Fetched fetch(ImageSource source, String address, Duration timeout) {
        return source.fetch(URI.create(address), Instant.now().plus(timeout));
    }

    private static Fetched.Content content(String text) {
        return new Fetched.Content(new ImageBytes(bytes(text)));
    }

    private static RawServer redirecting(int status, String location) {
        return RawServer.answering(Answer.of(
                "HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n".formatted(status, location)));
    }

    private static void writeZeros(OutputStream out, int count) throws IOException {
        var block = new byte[64 * 1024];
        for (int written = 0; written < count; written += block.length) {
            out.write(block);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
