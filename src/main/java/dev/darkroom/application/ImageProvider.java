package dev.darkroom.application;

import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import java.time.Duration;
import java.time.Instant;

/**
 * Draws images for money. No method throws for what the provider or the network does: that is an outcome. Each call has a
 * total time limit, from its beginning to the last byte of the answer.
 */
public interface ImageProvider {

    /** The paid call. It is sent exactly once: the implementation never repeats it. */
    SubmitOutcome submit(Submission submission);

    /** Looks for what a paid call may have created whose outcome is unknown. Costs nothing and may be repeated. */
    SearchOutcome search(Search search);

    /** Asks for a result. Costs nothing and may be repeated. */
    PollOutcome poll(PredictionId predictionId);

    /**
     * What the paid call sends.
     *
     * @param row for which it is sent
     * @param upstreamPath the provider's path of the model, for example {@code wavespeed-ai/imagen4}
     * @param input the validated input, JSON
     * @param timeout how long it may take in all, positive; what is not answered by then is {@link SubmitOutcome.Unknown}
     */
    record Submission(GenerationId row, String upstreamPath, String input, Duration timeout) {}

    /**
     * What is searched for.
     *
     * @param row whose call it was
     * @param upstreamPath where the call was sent
     * @param input what it sent, JSON
     * @param sentAt when
     * @param window how far from that the provider's clock may have put it
     */
    record Search(GenerationId row, String upstreamPath, String input, Instant sentAt, SearchWindow window) {}
}
