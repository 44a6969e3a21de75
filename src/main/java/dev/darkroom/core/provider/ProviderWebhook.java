package dev.darkroom.core.provider;

import dev.darkroom.core.generation.PredictionId;
import java.util.function.Predicate;

/** A request to our {@link CallbackUrl} after verification. */
public sealed interface ProviderWebhook {

    /**
     * The webhook is from the provider and has the status of a prediction.
     *
     * @param hasInput whether the prediction was made from this input, JSON
     */
    record Verified(PredictionId prediction, PollOutcome outcome, Predicate<String> hasInput)
            implements ProviderWebhook {}

    /**
     * The request is not from the provider, or is too old.
     *
     * @param field the header that is wrong
     * @param reason what is wrong with it, for the caller to read
     */
    record Rejected(String field, String reason) implements ProviderWebhook {}

    /**
     * The request is from the provider and cannot be read.
     *
     * @param field the member that is wrong
     * @param reason what is wrong with it, for the caller to read
     */
    record Unreadable(String field, String reason) implements ProviderWebhook {}

    /** The provider sends webhooks, but none are configured. */
    record Disabled() implements ProviderWebhook {}
}
