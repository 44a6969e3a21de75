package dev.darkroom.core.submission;

import dev.darkroom.core.generation.FollowUp;
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
 */
record SubmissionDraft(
        GenerationId id,
        GenerationRequest request,
        Demand demand,
        List<FollowUp.Action> followUps,
        Optional<Instant> answerBy) {}
