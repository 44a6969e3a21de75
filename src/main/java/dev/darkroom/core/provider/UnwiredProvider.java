package dev.darkroom.core.provider;

import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.ProviderId;
import java.time.Duration;

/**
 * Takes the place of a provider that rows name but that is no longer wired. It calls nothing. Rows in flight stay as
 * they are until they time out, because the provider may be wired again and still have their images.
 */
record UnwiredProvider(ProviderId id) implements ImageProvider {

    @Override
    public SubmitOutcome submit(Submission submission) {
        return new SubmitOutcome.Rejected(
                new Failure("model_not_found", "the provider of the model was removed; nothing was billed"));
    }

    @Override
    public PollOutcome poll(ProviderTask task) {
        return new PollOutcome.Unclear(reason());
    }

    @Override
    public SearchOutcome search(Search search) {
        return new SearchOutcome.Unclear(reason());
    }

    @Override
    public Duration historyKept() {
        return Duration.ZERO;
    }

    private String reason() {
        return "the provider %s is not wired".formatted(id);
    }
}
