package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.State;
import java.time.InstantSource;

/** Finishes a row with what the provider says of its prediction. Words may come twice, late, early or for the wrong row. */
public final class ReceiveWord {

    private final GenerationStore store;
    private final AdvanceGeneration advance;
    private final SweepKick kick;
    private final GenerationEvents events;
    private final InstantSource clock;

    public ReceiveWord(
            GenerationStore store,
            AdvanceGeneration advance,
            SweepKick kick,
            GenerationEvents events,
            InstantSource clock) {
        this.store = store;
        this.advance = advance;
        this.kick = kick;
        this.events = events;
        this.clock = clock;
    }

    /** What became of it. */
    public enum Receipt {
        /** It was used, or told nothing new. */
        TAKEN,
        UNKNOWN_GENERATION,
        /** The row is about another prediction. */
        OTHER_PREDICTION
    }

    /** Throws {@link StoreUnavailableException} when the store does not answer; the word may be sent again. */
    public Receipt receive(GenerationId id, ProviderWord.Genuine word) {
        return store.find(id).map(row -> receive(row, word)).orElse(Receipt.UNKNOWN_GENERATION);
    }

    private Receipt receive(Generation row, ProviderWord.Genuine word) {
        return switch (row.state()) {
            case State.Submitting _, State.Unconfirmed _ -> introduce(row, word);
            case State.Processing processing
            when processing.predictionId().equals(word.prediction()) -> {
                var ended = advance.conclude(row, processing, word.outcome()).generation();
                if (ended.isLeftToSweeps()) {
                    kick.kick(ended);
                }
                yield Receipt.TAKEN;
            }
            case State.Completed _, State.Failed _ when row.isSubmittedAs(word.prediction()) -> Receipt.TAKEN;
            case State.Accepted _, State.Processing _, State.Completed _, State.Failed _ -> Receipt.OTHER_PREDICTION;
        };
    }

    /**
     * The word came before the answer to the paid call, or in its place: it brings the prediction's id. Its address alone
     * proves nothing, because it is not signed: what is said of one row could be sent to another.
     */
    private Receipt introduce(Generation row, ProviderWord.Genuine word) {
        if (!word.madeFrom().test(row.request().input()) || !advance.take(word.prediction(), row.id())) {
            return Receipt.OTHER_PREDICTION;
        }
        var now = clock.instant();
        var submitted = row.submitted(word.prediction(), now, now);
        return switch (store.update(submitted)) {
            case Update.Written() -> {
                if (row.state() instanceof State.Unconfirmed) {
                    events.adopted(row.id(), word.prediction());
                }
                events.written(submitted);
                yield receive(submitted, word);
            }
            case Update.Conflict(var current) -> receive(current, word);
        };
    }
}
