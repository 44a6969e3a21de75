package dev.darkroom.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.InMemoryWebhookStore;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.delivery.StandingWebhooks;
import dev.darkroom.core.delivery.WebhookSender.Sent;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.webhook.Delivery;
import dev.darkroom.core.webhook.DeliveryAttempt;
import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.core.webhook.WebhookTarget;
import dev.darkroom.fetch.GuardedCalls;
import dev.darkroom.httpclient.ListeningSocket;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries by the client that is deployed, at real sockets. */
class HttpWebhookSenderTest {

    private static final ApiKeyId KEY = new ApiKeyId("0123456789abcdef");
    private static final InetAddress PUBLIC = InetAddress.ofLiteral("93.184.215.14");

    private final CoreFixture core = new CoreFixture();

    private static DeliverWebhook to(String address) {
        return new DeliverWebhook(new WebhookTarget(
                WebhookForm.STANDARD, WebhookTarget.ALL, new WebhookTarget.Address(URI.create(address))));
    }

    private Generation ended(DeliverWebhook owed) {
        var request = new GenerationRequest(
                        new ModelId(CoreFixture.MODEL), CoreFixture.PROVIDER, "{\"prompt\":\"a cat\"}")
                .sentWith(KEY);
        var row = Generation.queued(
                        new GenerationId(core.unique()), CoreFixture.OWNER, request, core.clock.instant(), 1)
                .owing(List.of(owed))
                .failed(Failure.NEVER_SUBMITTED, core.clock.instant());
        core.store.create(row);
        return row;
    }

    private Delivery attempted(Generation row) {
        core.advance.advance(row);
        return core.row(row).deliveries().deliveries().getFirst();
    }

    /** What a name may lead to that must not be called: each of this machine's own addresses, alone or beside others. */
    static Stream<List<InetAddress>> privateAddresses() throws IOException {
        return Stream.of(
                        NetworkInterface.networkInterfaces()
                                .flatMap(NetworkInterface::inetAddresses)
                                .filter(address -> !isPublic(address))
                                .map(List::of),
                        Stream.of("127.0.0.1", "::1", "0.0.0.0", "::ffff:127.0.0.1", "169.254.169.254")
                                .map(literal -> List.of(InetAddress.ofLiteral(literal))),
                        Stream.of(List.of(PUBLIC, InetAddress.getLoopbackAddress())))
                .flatMap(all -> all)
                .distinct();
    }

    /** A machine may have public addresses as well. */
    private static boolean isPublic(InetAddress address) {
        var literal = address.getHostAddress();
        var host = literal.contains(":") ? "[" + literal.replaceFirst("%.*", "") + "]" : literal;
        return new GuardedCalls(() -> false)
                .problem(URI.create("https://" + host))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("privateAddresses")
    void aNameThatWasPublicWhenItWasRegisteredAndIsNotByNowIsNotCalled(List<InetAddress> later) {
        var found = new AtomicReference<>(List.of(PUBLIC));
        var sender = new HttpWebhookSender(new GuardedCalls(
                () -> false, _ -> Objects.requireNonNull(found.get()).toArray(InetAddress[]::new)));
        core.receivers.sendThrough(sender);
        try (var socket = ListeningSocket.onAllAddresses()) {
            var owed = to("https://receiver.example:%d/hook".formatted(socket.port()));
            var standing = new StandingWebhooks(new InMemoryWebhookStore(), sender, core.clock);
            assertThat(standing.problem(owed)).isEmpty();
            var row = ended(owed);

            found.set(later);
            var delivery = attempted(row);

            assertThat(delivery.attempts()).singleElement().satisfies(attempt -> {
                assertThat(attempt.status()).isZero();
                assertThat(attempt.reason()).isEqualTo("the address is not public");
            });
            assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.PENDING);
            assertThat(core.row(row).owes(owed)).isTrue();
            assertThat(socket.connections()).isZero();
            assertThat(standing.problem(owed))
                    .contains(new Violation("webhook", "cannot be called: the address is not public"));
        }
    }

    /** The guard of the local platform, under which the receiver itself may be called. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsAFailureAndNotFollowed(int status) {
        core.receivers.sendThrough(new HttpWebhookSender(new GuardedCalls(() -> true)));
        try (var target = ListeningSocket.onAllAddresses();
                var server = RawServer.answering(
                        Answer.of("HTTP/1.1 %d Moved\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n"
                                .formatted(status, target.port())))) {
            var delivery = attempted(ended(to(server.address() + "/hook")));

            assertThat(delivery.attempts()).extracting(DeliveryAttempt::status).containsExactly(status);
            assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.PENDING);
            assertThat(server.connections()).isOne();
            assertThat(target.connections()).isZero();
        }
    }

    @Test
    void anAnswerThatNeverEndsIsReadNoFurtherThanItsFirstKilobyte() {
        var sender = new HttpWebhookSender(new GuardedCalls(() -> true));
        try (var server = RawServer.answering(Answer.andThenAFlood("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(100_000)))) {
            var sent = sender.send(URI.create(server.address() + "/hook"), Map.of(), "{}", Duration.ofSeconds(15));

            assertThat(sent).isEqualTo(new Sent.Answered(200, Optional.empty()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 503 Busy\r\nRetry-After: 600\r\n\r\n",
                "HTTP/1.1 503 Busy\r\nRetry-After: 600\r\nContent-Length: 100000\r\n\r\n<html>",
                "HTTP/1.1 503 Busy\r\nRetry-After: 600\r\nTransfer-Encoding: chunked\r\n\r\nbroken\r\n"
            })
    void theHeadOfAnAnswerCountsWhateverItsBodyIs(String answer) {
        var sender = new HttpWebhookSender(new GuardedCalls(() -> true));
        try (var server = RawServer.answering(Answer.of(answer + "x".repeat(3_000)))) {
            var sent = sender.send(URI.create(server.address() + "/hook"), Map.of(), "{}", Duration.ofSeconds(15));

            assertThat(sent).isEqualTo(new Sent.Answered(503, Optional.of("600")));
        }
    }

    @Test
    void aBodyThatNeverComesEndsTheAttemptInTimeAndItsStatusCounts() {
        var sender = new HttpWebhookSender(new GuardedCalls(() -> true));
        try (var server = RawServer.answering(Answer.andThenSilence("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"))) {
            var sent = sender.send(URI.create(server.address() + "/hook"), Map.of(), "{}", Duration.ofSeconds(1));

            assertThat(sent).isEqualTo(new Sent.Answered(200, Optional.empty()));
        }
    }
}
