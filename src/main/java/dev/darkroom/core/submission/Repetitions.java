package dev.darkroom.core.submission;

import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.TraceParent;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore.Update;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.webhook.DeliveryLog;
import dev.darkroom.core.webhook.WebhookTarget;
import java.util.Optional;

/** What a request has in common with the row that its idempotency key leads to. */
final class Repetitions {

    private final GenerationContext context;
    private final ModelCatalogue catalogue;

    Repetitions(GenerationContext context, ModelCatalogue catalogue) {
        this.context = context;
        this.catalogue = catalogue;
    }

    /** What {@code command} requests, drawn by this model. */
    static GenerationRequest request(Model drawing, String input, int copies, Command command) {
        var request = new GenerationRequest(
                drawing.id(), drawing.provider(), input, copies * command.calls(), command.metadata());
        var sent = command.digest().map(request::sentAs).orElse(request);
        return TraceParent.current().map(sent::tracedIn).orElse(sent);
    }

    /** Whether the row has the same request, by what is drawn, by what was sent, or before another model drew it. */
    boolean areSame(Generation existing, GenerationRequest repeated, Command command) {
        return existing.request().isSameAs(repeated) || isOfItsOwnModel(existing, command);
    }

    private boolean isOfItsOwnModel(Generation existing, Command command) {
        return existing.request().model().value().equals(command.model())
                && catalogue
                        .find(existing.request().model())
                        .filter(own ->
                                own.validate(command.body()) instanceof Validation.Valid(var input, var copies, var _)
                                        && existing.request().isSameAs(request(own, input, copies, command)))
                        .isPresent();
    }

    /** Why the row cannot owe a webhook that the repeated request itself asks for; empty when it can. */
    Optional<Violation> problem(Generation existing, Command repeated) {
        return existing.isDeleted()
                ? Optional.empty()
                : repeated.followUps().stream()
                        .filter(action -> action instanceof DeliverWebhook(var webhook)
                                && webhook.destination() instanceof WebhookTarget.Address)
                        .flatMap(action -> problem(existing, action, repeated).stream())
                        .findFirst();
    }

    private static Optional<Violation> problem(Generation existing, FollowUp.Action action, Command repeated) {
        if (!(action instanceof DeliverWebhook) || existing.owes(action) || existing.hasAttempted(action)) {
            return Optional.empty();
        }
        // Webhooks are signed with the secret of the row's key, and their endpoints are those of that key.
        if (!repeated.apiKey().equals(Optional.ofNullable(existing.request().key()))) {
            return Optional.of(new Violation(
                    "webhook", "cannot be added, because the generation was requested with another API key"));
        }
        return existing.hasAllWebhooks()
                ? Optional.of(new Violation(
                        "webhook", "cannot be added: a generation has " + DeliveryLog.MAX_DELIVERIES + " at most"))
                : Optional.empty();
    }

    /**
     * The row, owing the follow-ups of the repeated request too: a task that repeats the start of a generation waits for
     * it as well. A standing endpoint that the row cannot tell is left out.
     */
    Generation joined(Generation existing, Command repeated) {
        var current = existing;
        for (var action : repeated.followUps()) {
            current = joined(current, action, repeated);
        }
        return current;
    }

    private Generation joined(Generation existing, FollowUp.Action action, Command repeated) {
        var current = existing;
        while (!current.owes(action)
                && !current.hasAttempted(action)
                && !current.isDeleted()
                && problem(current, action, repeated).isEmpty()) {
            var owing = current.withFollowUp(action, context.now());
            if (context.store().update(owing) instanceof Update.Conflict(var other)) {
                current = other;
            } else {
                context.trigger().triggerFor(owing);
                current = owing;
            }
        }
        return current;
    }
}
