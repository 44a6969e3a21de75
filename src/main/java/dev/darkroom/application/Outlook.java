package dev.darkroom.application;

import dev.darkroom.domain.QueuePosition;
import java.time.Instant;
import java.util.Optional;

/**
 * What can be said of a generation beyond its row.
 *
 * @param position where it waits in the queue, if it does
 * @param searchedUntil until when its submission is searched for, if its outcome is unknown
 */
public record Outlook(Optional<QueuePosition> position, Optional<Instant> searchedUntil) {

    public static final Outlook NONE = new Outlook(Optional.empty(), Optional.empty());
}
