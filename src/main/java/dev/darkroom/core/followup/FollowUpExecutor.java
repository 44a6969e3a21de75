package dev.darkroom.core.followup;

import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;

/** Passes each follow-up to the step of its kind. The wiring implements it as a switch with one case for each kind. */
@FunctionalInterface
public interface FollowUpExecutor {

    /**
     * Attempts a follow-up of a generation that has ended. An attempt may be repeated even if it succeeded, because its
     * process may die before the success is stored. It has to end by itself: nothing interrupts it.
     *
     * @param ended with the images of all copies if it has copies and the follow-up waits for them; otherwise as it is
     *     stored
     * @return how the attempt ended. An exception means {@link FollowUpResult.TryAgain}, and is reported as a failed
     *     step.
     */
    FollowUpResult attempt(FollowUp.Action action, Generation ended);
}
