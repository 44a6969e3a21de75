package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.State;

/** Finishes a row with what the provider says of its prediction. Words may come twice, late, early or for the wrong row. */
public final class ReceiveWord {

    private final GenerationContext context;
    private final AdvanceGeneration advance;

    public ReceiveWord(GenerationContext context, AdvanceGeneration advance) {
        this.context = context;
        this.advance = advance;
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
        return context.store().find(id).map(row -> receive(row, word)).orElse(Receipt.UNKNOWN_GENERATION);
    }

    private Receipt receive(Generation row, ProviderWord.Genuine word) {
        return switch (row.state()) {
            case State.Submitting _, State.Unconfirmed _ -> introduce(row, word);
            // Its first call may have made what is adopted here, so that it need not be paid for again.
            case State.Queued queued when queued.earlier() != null -> introduce(row, word);
            case State.Processing processing
            when processing.predictionId().equals(word.prediction()) -> {
                var ended = advance.applyPollOutcome(row, processing, word.outcome())
                        .generation();
                if (ended.isLeftToSweeps()) {
                    context.kick().kick(ended);
                }
                yield Receipt.TAKEN;
            }
            case State.Completed _, State.Failed _ when row.isSubmittedAs(word.prediction()) -> Receipt.TAKEN;
            case State.Queued _, State.Processing _, State.Completed _, State.Failed _ -> Receipt.OTHER_PREDICTION;
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
        var now = context.now();
        var submitted = row.submitted(word.prediction(), now, now);
        return switch (context.store().update(submitted)) {
            case Update.Written() -> {
                if (!(row.state() instanceof State.Submitting)) {
                    context.events().adopted(row.id(), word.prediction());
                }
                context.events().written(submitted);
                yield receive(submitted, word);
            }
            case Update.Conflict(var current) -> receive(current, word);
        };
    }
}
