package dev.darkroom.core.provider;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A provider that generates images for money. The calls take records, so that a further field changes no provider.
 * Errors of the provider and the network are outcomes, not exceptions. Each call has one time limit, from its beginning
 * to the last byte of the answer. Providers are called by many threads at once.
 */
public interface ImageProvider {

    /** Stands in catalogue files, on rows and in the path of webhooks, so it never changes. */
    ProviderId id();

    /** The paid call. It is sent exactly once: the implementation never repeats it. */
    SubmitOutcome submit(Submission submission);

    /** Asks for a result. It is free and may be repeated. */
    PollOutcome poll(ProviderTask task);

    /**
     * Searches the provider's history for the prediction of a paid call with an unknown outcome. It is free and may be
     * repeated. A provider without a history does not implement it: its unconfirmed rows wait for their end, or for a
     * webhook.
     */
    default SearchOutcome search(Search search) {
        return new SearchOutcome.NoHistory();
    }

    /** Asks what the gateway's account holds. It is free and may be repeated. */
    default BalanceOutcome balance() {
        return new BalanceOutcome.NoBalance();
    }

    /**
     * Asks for a page of the provider's bill, the oldest entries first; the first page is 1. It is free and may be
     * repeated. A provider without one does not implement it: its prices cannot be compared with those of the model
     * files.
     */
    default BillOutcome bill(BillQuestion question, int page) {
        return new BillOutcome.NoBill();
    }

    /** Verifies the webhooks that the provider sends to {@link Submission#callback}; empty when it sends none. */
    default Optional<WebhookVerifier> webhooks() {
        return Optional.empty();
    }

    /**
     * How long the history shows a prediction, so that a row can adopt it; zero without a history. It is one value for
     * all predictions.
     */
    Duration historyKept();

    /** How many images a minute this gateway may submit; empty when only the provider's refusals limit it. */
    default Optional<Integer> imagesPerMinute() {
        return Optional.empty();
    }

    /**
     * Makes the clients and opens a connection, so that the first call is fast. Called once by functions that call the
     * provider, while they start. Throws when the provider cannot be called at all, such as without a key; a
     * connection that cannot be opened is no reason to throw.
     */
    default void prime() {}

    /**
     * What the paid call sends.
     *
     * @param row the row that the call is for
     * @param upstreamPath the provider's path of the model, for example {@code acme/imagen4}
     * @param input the validated input, JSON
     * @param callback where the provider shall send its webhook; empty for none
     * @param timeout for the whole call, positive; without an answer by then the outcome is {@link
     *     SubmitOutcome.Unknown}
     */
    record Submission(GenerationId row, String upstreamPath, String input, Optional<URI> callback, Duration timeout) {}

    /**
     * The accepted call whose result is asked for.
     *
     * @param upstreamPath the path that the call was sent to
     */
    record ProviderTask(String upstreamPath, PredictionId prediction) {}

    /**
     * The paid call whose prediction is searched for.
     *
     * @param row the row that the call was for
     * @param upstreamPath the path that the call was sent to
     * @param input the input that it sent, JSON
     * @param sentAt when it was sent
     * @param window how far from {@code sentAt} the history is searched
     */
    record Search(GenerationId row, String upstreamPath, String input, Instant sentAt, SearchWindow window) {}
}
