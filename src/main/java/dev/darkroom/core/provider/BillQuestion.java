package dev.darkroom.core.provider;

import dev.darkroom.core.generation.PredictionId;
import java.time.Instant;
import java.util.List;

/** Which entries of a provider's bill are asked for. */
public sealed interface BillQuestion {

    /** Those that were written from {@code from} to {@code until}, both included. */
    record Written(Instant from, Instant until) implements BillQuestion {}

    /** Those about these predictions, 1 to 100. */
    record About(List<PredictionId> predictions) implements BillQuestion {

        /** How many predictions one question may be about. */
        public static final int MAX = 100;

        public About {
            predictions = List.copyOf(predictions);
            if (predictions.isEmpty() || predictions.size() > MAX) {
                throw new IllegalArgumentException("a question about a bill names 1 to 100 predictions");
            }
        }
    }
}
