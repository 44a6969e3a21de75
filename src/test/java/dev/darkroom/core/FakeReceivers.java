package dev.darkroom.core;

import dev.darkroom.core.delivery.WebhookSender;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Receivers of webhooks that answer as a test says, 204 by default. */
public final class FakeReceivers implements WebhookSender {

    /** What a receiver got. */
    public record Received(URI address, Map<String, String> headers, String body) {

        public String id() {
            return headers.getOrDefault("webhook-id", "");
        }
    }

    public final List<Received> received = new CopyOnWriteArrayList<>();

    private volatile Function<URI, Sent> answer = _ -> answered(204);
    private volatile Optional<WebhookSender> real = Optional.empty();

    public static Sent answered(int status) {
        return new Sent.Answered(status, Optional.empty());
    }

    /** From now on, the receivers answer this. */
    public void answer(Function<URI, Sent> next) {
        answer = next;
    }

    /** From now on, this sender calls the receivers. */
    public void sendThrough(WebhookSender sender) {
        real = Optional.of(sender);
    }

    @Override
    public Sent send(URI address, Map<String, String> headers, String body, Duration limit) {
        var sent =
                real.map(sender -> sender.send(address, headers, body, limit)).orElseGet(() -> answer.apply(address));
        received.add(new Received(address, headers, body));
        return sent;
    }

    @Override
    public Optional<String> problem(URI address) {
        return String.valueOf(address.getHost()).startsWith("10.")
                ? Optional.of("the address is not public")
                : Optional.empty();
    }
}
