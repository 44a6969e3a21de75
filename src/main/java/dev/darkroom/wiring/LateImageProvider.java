package dev.darkroom.wiring;

import dev.darkroom.application.ImageProvider;
import dev.darkroom.application.PollOutcome;
import dev.darkroom.application.SearchOutcome;
import dev.darkroom.application.SubmitOutcome;
import dev.darkroom.domain.PredictionId;
import jakarta.enterprise.inject.Instance;

/** The provider, made when it is called: a function that is only called by it has no key for it. */
record LateImageProvider(Instance<ImageProvider> provider) implements ImageProvider {

    @Override
    public SubmitOutcome submit(Submission submission) {
        return provider.get().submit(submission);
    }

    @Override
    public SearchOutcome search(Search search) {
        return provider.get().search(search);
    }

    @Override
    public PollOutcome poll(PredictionId predictionId) {
        return provider.get().poll(predictionId);
    }
}
