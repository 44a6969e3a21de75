package dev.darkroom.core.sweep;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import java.util.List;

/** The queues of all providers. */
public interface Queues {

    /** Every queue that may have a row. It never throws. */
    List<Queue> all();

    /** A new source of the steps of one queue, for one sweep. */
    StepSource<?> source(ProviderId provider);
}
