package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.Shard;
import java.time.Duration;

/** Is told what happens, so that it can be logged and counted. It never throws. */
public interface GenerationEvents {

    /** This version of the row was written, by us. */
    void written(Generation generation);

    /** This prediction, created by a paid call without an answer, was found, and is the row's now. */
    void adopted(GenerationId id, PredictionId prediction);

    /** Nothing was found of the paid call, so it is sent once more, as the owner has allowed. */
    void resubmitted(GenerationId id);

    /** A workflow's task knows how the generation ended; {@code told} is false when nobody waited for it any more. */
    void taskAnswered(GenerationId id, boolean told);

    /** Work of a shard is owed since so long that something must be wrong. */
    void overdue(Shard shard, Duration age);

    /** The provider could not be asked, or did not say; the row is looked at again. {@code reason} names no secret. */
    void providerUnclear(GenerationId id, String reason);

    /** A circuit has opened: the calls that it is about are not made for that long. */
    void providerPaused(Duration pause);

    /** The store did not take this version, which holds what is known nowhere else: how the paid call ended. */
    void notStored(Generation generation, RuntimeException cause);

    /** The provider has predictions with the row's prompt, but other fields; none was taken for the row's. */
    void onlySimilarFound(GenerationId id, int similar);

    /** The provider has finished the prediction with outputs that are not understood. */
    void outputsUnreadable(GenerationId id, PredictionId prediction);

    /** So many requests wait in the queue, the oldest of them for so long. Reported about once a minute while any does. */
    void queueObserved(int length, Duration oldest);

    /** An entry of the index, or a row, cannot be read and is passed over. {@code key} is its id as it is stored. */
    void rowUnreadable(String key);

    /** The store did not take what was learnt for the gate; the next call learns it again. */
    void gateNotUpdated(RuntimeException cause);

    /** A sweep could not list rows or keep its lease; it tries again. */
    void sweepDisturbed(Shard shard, RuntimeException cause);

    /** A step ended in an exception; the row is looked at again. */
    void stepFailed(GenerationId id, RuntimeException cause);
}
