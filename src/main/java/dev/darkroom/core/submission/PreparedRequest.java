package dev.darkroom.core.submission;

import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import java.util.Optional;

/**
 * A command that was found valid and has no id yet.
 *
 * @param model that generates the images
 * @param notices what its caller is told beside the result
 */
public record PreparedRequest(Command command, Model model, GenerationRequest request, Notices notices) {

    SubmissionDraft draft(GenerationId id) {
        return new SubmissionDraft(
                id,
                command.apiKey().map(request::sentWith).orElse(request),
                demand(),
                command.apiKey(),
                price(),
                command.followUps(),
                command.answerBy(),
                command.arrival());
    }

    Demand demand() {
        return new Demand(command.owner(), model.upstreamPath(), model.images(request.input()));
    }

    /** What each of its calls costs; empty where no price is established. */
    Optional<Money> price() {
        var price = model.price(request.input());
        return price.isPresent() ? Optional.of(new Money(price.getAsLong())) : Optional.empty();
    }
}
