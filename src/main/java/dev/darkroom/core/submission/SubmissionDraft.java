package dev.darkroom.core.submission;

import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request that is not stored yet.
 *
 * @param followUps what the row owes once the generation has ended
 * @param answerBy when its caller has to be answered; empty when none waits
 * @param arrival when the request arrived at the endpoint; empty when it did not come from one
 */
record SubmissionDraft(
        GenerationId id,
        GenerationRequest request,
        Demand demand,
        List<FollowUp.Action> followUps,
        Optional<Instant> answerBy,
        Optional<Instant> arrival) {

    /** The draft's row with what was asked for besides the images. */
    Generation complete(Generation row) {
        var owing = row.owing(followUps);
        return arrival.map(owing::received).orElse(owing);
    }
}
