package dev.darkroom.core.submission;

import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore.Update;
import java.util.Optional;

/** A request under an id that a row has already. */
final class RepeatedRequest {

    private final GenerationContext context;
    private final ModelCatalogue catalogue;

    RepeatedRequest(GenerationContext context, ModelCatalogue catalogue) {
        this.context = context;
        this.catalogue = catalogue;
    }

    /**
     * The row with the request's follow-ups; empty when the row has another request. Whether a deleted row had the same
     * request is no longer known.
     */
    Optional<Generation> of(Generation existing, PreparedRequest repetition) {
        boolean same = existing.isDeleted()
                || existing.request().isSameAs(repetition.request())
                || isOfItsOwnModel(existing, repetition);
        return same ? Optional.of(withFollowUps(existing, repetition)) : Optional.empty();
    }

    /** Whether the row has the same request and was stored before another model drew it. */
    private boolean isOfItsOwnModel(Generation existing, PreparedRequest repetition) {
        var command = repetition.command();
        return existing.request().model().value().equals(command.model())
                && catalogue
                        .find(existing.request().model())
                        .filter(own ->
                                own.validate(command.body()) instanceof Validation.Valid(var input, var copies, var _)
                                        && existing.request()
                                                .isSameAs(PreparedRequest.request(own, input, copies, command)))
                        .isPresent();
    }

    /** A task that repeats the start of a generation waits for it as well. */
    private Generation withFollowUps(Generation existing, PreparedRequest repetition) {
        var current = existing;
        for (var action : repetition.command().followUps()) {
            current = withFollowUp(current, action);
        }
        return current;
    }

    private Generation withFollowUp(Generation existing, FollowUp.Action action) {
        var current = existing;
        while (!current.owes(action) && !current.isDeleted()) {
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
