package dev.darkroom.core.store;

import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.webhook.Delivery;
import java.time.Duration;

/** Receives events, to log and count them. It never throws. */
public interface GenerationListener {

    /** The calls to the provider, by their circuits; {@code SUBMIT} has one for each model. */
    enum ProviderCall {
        SUBMIT,
        RESULT,
        HISTORY
    }

    /** This process has written this version of the row. */
    void stateChanged(Generation generation);

    /** The prediction of a paid call without an answer was found and now belongs to the row. */
    void predictionAdopted(GenerationId id, PredictionId prediction);

    /** No prediction of the paid call was found, so the call is sent once more, as the settings allow. */
    void resubmitted(GenerationId id);

    /**
     * A workflow task was notified of the generation's end; {@code delivered} is false when the task no longer waited.
     */
    void taskNotified(GenerationId id, boolean delivered);

    /** A follow-up of the row could not be done within the longest time of its kind, so the row no longer owes it. */
    void followUpAbandoned(GenerationId id, FollowUp followUp);

    /**
     * A webhook of the row was attempted, or given up. The last attempt of {@code delivery} is the one that was made.
     */
    void webhookAttempted(GenerationId id, Delivery delivery);

    /**
     * The image was copied to the archive, and the row has its facts. {@code number} counts the row's images from 0.
     */
    void imageKept(GenerationId id, int number, ImageFacts facts);

    /**
     * An attempt to copy an image failed; it is attempted again until the provider deletes the image. {@code reason}
     * contains no secret.
     */
    void imageCopyFailed(GenerationId id, int number, String reason);

    /** Images inside the provider's answer could not be stored; the provider is asked for them again. */
    void inlineImagesNotStored(GenerationId id, String reason);

    /** An image is still not copied, although the provider deletes it in {@code left}, two days or less. */
    void imageCopyOverdue(GenerationId id, int number, Duration left);

    /** The image is not copied and will not be. {@code reason} contains no secret. */
    void imageNotCopied(GenerationId id, int number, String reason);

    /** An attempt to delete the images of a deleted row failed; it is repeated. {@code reason} contains no secret. */
    void imageDeletionFailed(GenerationId id, String reason);

    /** The owner has deleted the generation: its content is gone, and the row remains. */
    void deleted(GenerationId id);

    /** A request got the generation of an earlier request of the same call. */
    void retryJoined(GenerationId id);

    /** A request waited for the generation until it had to be answered, and the generation had not ended. */
    void waitTimedOut(GenerationId id);

    /**
     * A request that waited for the generation was answered that it has to be sent again. The endpoint counts the answer
     * as an error of the server.
     */
    void askedAgain(GenerationId id);

    /** That a request of the generation's call was answered could not be stored; a later request may get it again. */
    void callNotSettled(GenerationId id, RuntimeException cause);

    /** The oldest due row of a shard has been due for {@code age}, which is longer than any healthy sweep allows. */
    void overdue(Shard shard, Duration age);

    /**
     * A call to the provider failed or had an unclear answer; the row is checked again. {@code reason} contains no
     * secret.
     */
    void providerCallFailed(GenerationId id, String reason);

    /** The circuit of these calls of the provider has opened: they are not made for {@code pause}. */
    void circuitOpened(ProviderId provider, ProviderCall calls, Duration pause);

    /** The store did not accept this version, the only record of how the paid call ended. */
    void outcomeNotStored(Generation generation, RuntimeException cause);

    /**
     * The provider has {@code similar} predictions with the row's prompt but other fields; the row has adopted none.
     */
    void onlySimilarFound(GenerationId id, int similar);

    /** The provider has finished the prediction with outputs that this gateway cannot read. */
    void outputsUnreadable(GenerationId id, PredictionId prediction);

    /**
     * {@code length} requests wait in the queue of the provider, the oldest for {@code oldest}. Reported about once a
     * minute while any waits.
     */
    void queueObserved(ProviderId provider, int length, Duration oldest);

    /** An entry of the index, or a row, cannot be read and is skipped. {@code key} is its id as stored. */
    void rowUnreadable(String key);

    /**
     * So much is held and spent together in the current window of the limit. Reported every few seconds while requests
     * are accepted or refused under it.
     */
    void budgetObserved(SpendLimit limit, Money committed);

    /** What is held and spent in the window has reached the soft limit. Reported once per window, in rare cases twice. */
    void softBudgetReached(SpendLimit limit, BudgetWindow window, Money committed);

    /** An update of the gate was not stored; a later call updates the gate again. */
    void gateNotUpdated(RuntimeException cause);

    /** A sweep could not list rows or keep its lease; it tries again. */
    void sweepError(DueIndexPartition partition, RuntimeException cause);

    /** A step ended in an exception; the row is checked again. */
    void stepFailed(GenerationId id, RuntimeException cause);
}
