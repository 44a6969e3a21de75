package dev.darkroom.wiring;

import dev.darkroom.application.FindOutcome;
import dev.darkroom.application.ImageProvider;
import dev.darkroom.application.PollOutcome;
import dev.darkroom.application.Reach;
import dev.darkroom.application.SubmitOutcome;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;

/** The provider, made when it is called: a function that is only called by it has no key for it. */
record LateImageProvider(Instance<ImageProvider> provider) implements ImageProvider {

    @Override
    public SubmitOutcome submit(GenerationId row, String upstreamPath, String input) {
        return provider.get().submit(row, upstreamPath, input);
    }

    @Override
    public FindOutcome find(String upstreamPath, String input, Instant sentAt, Reach reach) {
        return provider.get().find(upstreamPath, input, sentAt, reach);
    }

    @Override
    public PollOutcome poll(PredictionId predictionId) {
        return provider.get().poll(predictionId);
    }
}
