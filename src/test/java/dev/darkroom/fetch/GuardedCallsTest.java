package dev.darkroom.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.httpclient.AddressLookup;
import dev.darkroom.httpclient.ByteRequest;
import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.httpclient.HttpOutcome.NotSent;
import dev.darkroom.httpclient.ListeningSocket;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Names that lead to another address from one look-up to the next. Here 127.0.0.1 is public, and 127.0.0.2 is not. */
class GuardedCallsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final InetAddress PUBLIC = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress PRIVATE = InetAddress.ofLiteral("127.0.0.2");

    private final AtomicInteger lookups = new AtomicInteger();

    /** Answers one address after the other, and then the last one. */
    private AddressLookup answering(InetAddress... addresses) {
        return _ -> new InetAddress[] {addresses[Math.min(lookups.getAndIncrement(), addresses.length - 1)]};
    }

    private static GuardedCalls guarded(AddressLookup resolver) {
        return new GuardedCalls(PUBLIC::equals, PUBLIC::equals, true, resolver);
    }

    private static HttpOutcome get(GuardedCalls calls, int port) {
        return calls.send(ByteRequest.get(URI.create("http://a.example:" + port + "/"), Map.of()), 1024, LONG);
    }

    @Test
    void theConnectionGoesToTheAddressThatWasChecked() {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 204 No Content\r\n\r\n"));
                var other = ListeningSocket.at(PRIVATE, server.address().getPort())) {
            var outcome = get(guarded(answering(PUBLIC, PRIVATE)), other.port());

            assertThat(outcome).isInstanceOf(HttpOutcome.Answered.class);
            assertThat(lookups).hasValue(1);
            assertThat(server.connections()).isOne();
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void theNextCallIsCheckedAnew() {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 204 No Content\r\n\r\n"));
                var other = ListeningSocket.at(PRIVATE, server.address().getPort())) {
            var calls = guarded(answering(PUBLIC, PRIVATE));
            get(calls, other.port());

            var second = get(calls, other.port());

            assertThat(second)
                    .isInstanceOfSatisfying(
                            NotSent.class,
                            notSent -> assertThat(notSent.cause()).isEqualTo(NotSent.Cause.ADDRESS_NOT_ALLOWED));
            assertThat(server.connections()).isOne();
            assertThat(other.connections()).isZero();
        }
    }

    /** The first address refuses connections; the second one must not be tried instead. */
    @Test
    void anAddressAmongOthersThatIsNotPublicIsNotConnectedTo() {
        try (var other = ListeningSocket.at(PRIVATE, 0)) {
            var outcome = get(guarded(_ -> new InetAddress[] {PUBLIC, PRIVATE}), other.port());

            assertThat(outcome).isInstanceOf(NotSent.class);
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void aCheckAndTheCallAfterItAreTwoLookUps() {
        try (var other = ListeningSocket.at(PRIVATE, 0)) {
            var calls = guarded(answering(PUBLIC, PRIVATE));
            var address = URI.create("http://a.example:" + other.port() + "/");

            assertThat(calls.problemAfterLookup(address, LONG)).isEmpty();
            assertThat(get(calls, other.port())).isInstanceOf(NotSent.class);

            assertThat(calls.problemAfterLookup(address, LONG)).contains(GuardedCalls.NOT_PUBLIC);
            assertThat(other.connections()).isZero();
        }
    }
}
