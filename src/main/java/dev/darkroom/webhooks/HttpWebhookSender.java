package dev.darkroom.webhooks;

import dev.darkroom.core.delivery.WebhookSender;
import dev.darkroom.fetch.GuardedCalls;
import dev.darkroom.httpclient.ByteRequest;
import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.httpclient.HttpOutcome.NotSent.Cause;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sends webhooks over HTTP, under the same guard as images are fetched under. Each gets a connection of its own. */
public final class HttpWebhookSender implements WebhookSender {

    /** Nothing of an answer's body is used, so no more of it is read. */
    private static final int LARGEST_ANSWER = 1024;

    private static final Duration LOOKUP = Duration.ofMillis(500);

    private final GuardedCalls calls;

    public HttpWebhookSender(GuardedCalls calls) {
        this.calls = calls;
    }

    @Override
    public Sent send(URI address, Map<String, String> headers, String body, Duration limit) {
        return calls.problem(address)
                .<Sent>map(Sent.NotAllowed::new)
                .orElseGet(() -> sent(calls.sendForHead(
                        new ByteRequest(
                                ByteRequest.Method.POST, address, headers, body.getBytes(StandardCharsets.UTF_8)),
                        LARGEST_ANSWER,
                        limit)));
    }

    private static Sent sent(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Answered answer -> new Sent.Answered(answer.status(), answer.header("retry-after"));
            case HttpOutcome.TooLarge(int status, byte[] _, String _) -> new Sent.Answered(status, Optional.empty());
            case HttpOutcome.NotSent(var cause, String reason) ->
                cause == Cause.ADDRESS_NOT_ALLOWED
                        ? new Sent.NotAllowed("the address is not public")
                        : new Sent.Unanswered(reason);
            case HttpOutcome.Unanswered(String reason) -> new Sent.Unanswered(reason);
            case HttpOutcome.Broken(String reason) -> new Sent.Unanswered(reason);
        };
    }

    @Override
    public Optional<String> problem(URI address) {
        return calls.problemAfterLookup(address, LOOKUP);
    }
}
