package dev.darkroom.core.submission;

import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import dev.darkroom.core.submission.SubmitGeneration.Command;

/**
 * A command that was found valid and has no id yet.
 *
 * @param model that generates the images
 * @param notices what its caller is told beside the result
 */
public record PreparedRequest(Command command, Model model, GenerationRequest request, Notices notices) {

    SubmissionDraft draft(GenerationId id) {
        var demand = new Demand(command.owner(), model.upstreamPath(), model.images(request.input()));
        return new SubmissionDraft(
                id, request, demand, command.followUps(), command.answerBy(), command.arrival());
    }
}
