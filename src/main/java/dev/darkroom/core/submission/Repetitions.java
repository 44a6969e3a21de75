package dev.darkroom.core.submission;

import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.TraceParent;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore.Update;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import java.util.List;

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

    /** The row, owing these follow-ups too: a task that repeats the start of a generation waits for it as well. */
    Generation joined(Generation existing, List<FollowUp.Action> actions) {
        var current = existing;
        for (var action : actions) {
            current = joined(current, action);
        }
        return current;
    }

    private Generation joined(Generation existing, FollowUp.Action action) {
        var current = existing;
        while (!current.owes(action) && !current.hasAttempted(action) && !current.isDeleted()) {
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
