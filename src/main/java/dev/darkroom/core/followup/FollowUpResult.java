package dev.darkroom.core.followup;

import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.webhook.DeliveryAttempt;
import java.time.Instant;
import java.util.Optional;

/** How an attempt of a follow-up ended. */
public sealed interface FollowUpResult {

    /** It is done, or can never be done. The row stores nothing more. */
    record Done() implements FollowUpResult {}

    /**
     * It is done, or can never be done. The row stores what became of the copy of an image.
     *
     * @param number the place of the image among the outputs of the row, from 0
     */
    record ImageCopied(int number, ImageCopy copy) implements FollowUpResult {}

    /** The receiver of a webhook has it. The row stores the attempt. */
    record Delivered(DeliveryAttempt attempt) implements FollowUpResult {}

    /**
     * The receiver of a webhook does not have it. The row stores the attempt.
     *
     * @param notBefore when the receiver wants to be asked again at the earliest; empty when it has not said so
     * @param forGood whether no further attempt has to be made
     */
    record NotDelivered(DeliveryAttempt attempt, Optional<Instant> notBefore, boolean forGood)
            implements FollowUpResult {}

    /** The caller has deleted or disabled the endpoint of a webhook. The row stores that as the last attempt. */
    record Withdrawn(DeliveryAttempt attempt) implements FollowUpResult {}

    /** It has to be attempted again, later each time. */
    record TryAgain() implements FollowUpResult {}

    /**
     * It was not attempted, because this process has no room for it now. This counts as no attempt.
     *
     * @param nextAt when it may have room
     */
    record NoRoom(Instant nextAt) implements FollowUpResult {}

    /** It was not attempted to its end, because it needs a larger function. This counts as no attempt. */
    record Outgrown() implements FollowUpResult {}
}
