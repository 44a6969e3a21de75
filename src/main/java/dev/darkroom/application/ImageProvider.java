package dev.darkroom.application;

import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import java.time.Instant;

/**
 * Draws images for money. No method throws for what the provider or the network does: that is an outcome. A call ends
 * within its time limits (some seconds).
 */
public interface ImageProvider {

    /**
     * The paid call. It is sent exactly once: the implementation never repeats it.
     *
     * @param row for which it is sent
     * @param upstreamPath the provider's path of the model, for example {@code wavespeed-ai/imagen4}
     * @param input the validated input, JSON
     */
    SubmitOutcome submit(GenerationId row, String upstreamPath, String input);

    /**
     * Looks for what a paid call may have created whose outcome is unknown. Costs nothing and may be repeated.
     *
     * @param sentAt when the call was sent
     * @param reach how far from that the provider's clock may have put it
     */
    FindOutcome find(String upstreamPath, String input, Instant sentAt, Reach reach);

    /** Asks for a result. Costs nothing and may be repeated. */
    PollOutcome poll(PredictionId predictionId);
}
