package dev.darkroom.application;

import dev.darkroom.domain.Caller;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.SubmissionGate.Demand;
import java.time.Instant;
import java.util.Optional;

/**
 * A request that is not stored yet.
 *
 * @param answerBy when its caller has to be answered; empty when none waits
 */
record SubmissionDraft(
        GenerationId id, Caller caller, GenerationRequest request, Demand demand, Optional<Instant> answerBy) {}
