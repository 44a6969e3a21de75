package dev.darkroom.core.delivery;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.delivery.WebhookSender.Sent;
import dev.darkroom.core.followup.FollowUpResult;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.TraceParent;
import dev.darkroom.core.waiting.CompletionWaiter;
import dev.darkroom.core.webhook.DeliveryAttempt;
import dev.darkroom.core.webhook.EndpointId;
import dev.darkroom.core.webhook.KeyWebhooks;
import dev.darkroom.core.webhook.WebhookEndpoint;
import dev.darkroom.core.webhook.WebhookSignatures;
import dev.darkroom.core.webhook.WebhookTarget;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** Tells a receiver how a generation ended. */
public final class DeliverWebhookStep {

    /** For all of an attempt. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final int GONE = 410;

    /** The receiver is busy, so that others of its webhooks would not fare better. */
    private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);

    /** Before a busy receiver that names no time is asked again. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final KeySecrets secrets;
    private final WebhookBodies bodies;
    private final WebhookSender sender;
    private final InstantSource clock;
    private final DeliveryRoom room;
    private final ReceiverCircuits circuits = new ReceiverCircuits();

    /**
     * @param executor runs the calls of receivers, each of which may take 15 s
     * @param waiter waits a moment for them
     */
    public DeliverWebhookStep(
            KeySecrets secrets,
            WebhookBodies bodies,
            WebhookSender sender,
            InstantSource clock,
            Executor executor,
            CompletionWaiter waiter) {
        this.secrets = secrets;
        this.bodies = bodies;
        this.sender = sender;
        this.clock = clock;
        this.room = new DeliveryRoom(executor, waiter, clock);
    }

    /**
     * Sends the webhook. A repetition has the same {@code webhook-id}, by which the receiver knows it. It does not wait
     * for a slow receiver: a later attempt takes the result.
     */
    public FollowUpResult attempt(DeliverWebhook owed, Generation ended) {
        var key = ended.request().key();
        if (ended.isDeleted() || key == null || !owed.concerns(ended.state().status())) {
            return new FollowUpResult.Done();
        }
        var webhooks = secrets.of(key);
        return switch (owed.webhook().destination()) {
            case WebhookTarget.Address(var url) ->
                attempt(
                        owed,
                        ended,
                        new Receiver(
                                key, Optional.empty(), url, webhooks.secrets().validAt(now())));
            case WebhookTarget.Endpoint(var id) -> attempt(owed, ended, key, id, webhooks);
        };
    }

    private FollowUpResult attempt(
            DeliverWebhook owed, Generation ended, ApiKeyId key, EndpointId id, KeyWebhooks webhooks) {
        var endpoint = webhooks.find(id);
        if (endpoint.filter(WebhookEndpoint::isEnabled).isEmpty()) {
            var reason = endpoint.isEmpty() ? "the endpoint is deleted" : "the endpoint is disabled";
            return new FollowUpResult.Withdrawn(new DeliveryAttempt(now(), 0, Duration.ZERO, reason));
        }
        var receiver = new Receiver(
                key,
                Optional.of(id),
                endpoint.get().url(),
                endpoint.get().secrets().validAt(now()));
        return attempt(owed, ended, receiver);
    }

    private FollowUpResult attempt(DeliverWebhook owed, Generation ended, Receiver receiver) {
        var id = id(ended, owed.webhook());
        var key = key(owed, ended, id);
        // A result that is there already is taken also while the circuit is open.
        var open = room.has(key) ? Optional.<Instant>empty() : circuits.openUntil(receiver.host(), now());
        return open.<FollowUpResult>map(FollowUpResult.NoRoom::new)
                .orElseGet(() -> room.attempt(key, receiver.host(), () -> send(owed, ended, receiver, id)));
    }

    private DeliveryRoom.Key key(DeliverWebhook owed, Generation ended, String id) {
        return ended.followUps().stream()
                .filter(followUp -> followUp.action().equals(owed))
                .map(followUp -> new DeliveryRoom.Key(id, followUp.since(), followUp.attempts()))
                .findFirst()
                .orElseGet(() -> new DeliveryRoom.Key(id, ended.createdAt(), 0));
    }

    /** The same for each attempt, and for a redelivery. */
    public static String id(Generation ended, WebhookTarget target) {
        return "msg_%s_%s".formatted(ended.id(), target.digest());
    }

    private FollowUpResult send(DeliverWebhook owed, Generation ended, Receiver receiver, String id) {
        var form = owed.webhook().form();
        var body = bodies.of(form, ended);
        var begun = now();
        Map<String, String> headers =
                new HashMap<>(WebhookSignatures.headers(form, id, begun, body, receiver.secrets()));
        headers.put("content-type", "application/json");
        ended.request().callersTrace().ifPresent(caller -> headers.put(TraceParent.NAME, caller.value()));
        var sent = sender.send(receiver.url(), headers, body, LIMIT);
        var took = Duration.between(begun, now());
        return switch (sent) {
            case Sent.Answered(var status, var retryAfter) ->
                answered(receiver, new DeliveryAttempt(begun, status, took, ""), retryAfter);
            case Sent.Unanswered(var reason) -> {
                circuits.failed(receiver.host(), Optional.empty(), now());
                yield failed(new DeliveryAttempt(begun, 0, took, reason), Optional.empty(), false);
            }
            // A name may lead to another address later, so the attempt counts like any other.
            case Sent.NotAllowed(var reason) ->
                failed(new DeliveryAttempt(begun, 0, took, reason), Optional.empty(), false);
        };
    }

    private FollowUpResult answered(Receiver receiver, DeliveryAttempt attempt, Optional<String> retryAfter) {
        if (attempt.isSuccess()) {
            circuits.succeeded(receiver.host());
            return new FollowUpResult.Delivered(attempt);
        }
        if (attempt.status() == GONE) {
            receiver.endpoint().ifPresent(id -> disable(receiver.key(), id));
            return failed(attempt, Optional.empty(), true);
        }
        var asked = retryAfter.flatMap(header -> RetryAfter.parse(header, now()));
        var pause = BUSY.contains(attempt.status()) ? asked.or(() -> Optional.of(PAUSE)) : asked;
        if (pause.isPresent() || attempt.status() >= 500) {
            circuits.failed(receiver.host(), pause, now());
        }
        return failed(attempt, pause.map(now()::plus), false);
    }

    private void disable(ApiKeyId key, EndpointId id) {
        var how = Optional.of(new WebhookEndpoint.Disabled(now(), true));
        secrets.update(
                key,
                webhooks -> webhooks.find(id).filter(WebhookEndpoint::isEnabled).isPresent()
                        ? webhooks.disabled(id, how)
                        : webhooks);
    }

    private static FollowUpResult failed(DeliveryAttempt attempt, Optional<Instant> notBefore, boolean forGood) {
        return new FollowUpResult.NotDelivered(attempt, notBefore, forGood);
    }

    private Instant now() {
        return clock.instant();
    }
}
