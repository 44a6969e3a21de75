package dev.darkroom.core.generation;

import dev.darkroom.core.webhook.RetrySchedule;
import dev.darkroom.core.webhook.WebhookEvent;
import dev.darkroom.core.webhook.WebhookTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that a row owes once its generation has ended. It is done at least once, or abandoned.
 *
 * @param since when its time limit begins: when it was added, or when the generation ended if that was later. Of a
 *     generation with copies, which ends with the last of them, it is when they were checked, or a later time
 * @param attempts how many attempts have failed, 0 or more
 * @param nextAt when it is attempted next; it means nothing before the generation has ended
 */
public record FollowUp(Action action, Instant since, int attempts, Instant nextAt) {

    private static final Duration FIRST_DELAY = Duration.ofSeconds(2);
    private static final int MAX_DOUBLINGS = 12;

    public FollowUp {
        if (attempts < 0) {
            throw new IllegalArgumentException("attempts must be 0 or more");
        }
    }

    /** What has to be done, and for which target. Each kind is a record, and a case of {@link #of}. */
    public sealed interface Action {

        /** The kind's name as it is stored and logged, in lower case with hyphens. */
        String kind();

        /** The target as it is stored. It may be a secret, so it is never logged. */
        String target();

        /** How long it is attempted before it is abandoned. */
        Duration abandonAfter();

        /** The longest time between two attempts. */
        default Duration maxDelay() {
            return Duration.ofMinutes(5);
        }

        /**
         * How long after its beginning it is done a second time, because something that began before may undo it; zero
         * for once.
         */
        default Duration repeatedAfter() {
            return Duration.ZERO;
        }

        /** How many of the kind a row owes at most. */
        default int maxOfItsKind() {
            return 10;
        }

        /** Whether a generation with copies owes it only when all of them have ended. */
        default boolean waitsForCopies() {
            return true;
        }

        /** Whether the owner may delete a generation that still owes it, because the deletion makes it needless. */
        default boolean endsWithDeletion() {
            return false;
        }

        /** Whether the row owes it after this end. */
        default boolean concerns(Status end) {
            return true;
        }

        /** How long after a failure it is attempted again; {@code failures} is 1 or more, with this one. */
        default Duration delayAfter(int failures, Instant since) {
            var doubled = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
            return doubled.compareTo(maxDelay()) < 0 ? doubled : maxDelay();
        }

        /** How many attempts may fail before it is given up. */
        default int maxAttempts() {
            return Integer.MAX_VALUE;
        }

        /** Reads what {@link #kind} and {@link #target} have stored; throws an {@link IllegalArgumentException}. */
        static Action of(String kind, String target) {
            return switch (kind) {
                case NotifyTask.KIND -> new NotifyTask(new TaskToken(target));
                case CopyImage.KIND -> new CopyImage(Integer.parseInt(target));
                case DeleteImages.KIND -> new DeleteImages(Integer.parseInt(target));
                case DeliverWebhook.KIND -> new DeliverWebhook(WebhookTarget.parse(target));
                case SendEvent.KIND -> new SendEvent();
                default -> throw new IllegalArgumentException("there is no follow-up of the kind " + kind);
            };
        }
    }

    /** Notify a workflow's task how the generation ended. */
    public record NotifyTask(TaskToken task) implements Action {

        static final String KIND = "notify-task";

        /** The task of our own state machine waits for 25 hours at most. */
        private static final Duration MAX_WAIT = Duration.ofHours(25);

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String target() {
            return task.value();
        }

        @Override
        public Duration abandonAfter() {
            return MAX_WAIT;
        }
    }

    /**
     * Copy an image from the provider to the archive. Each image has its own attempts.
     *
     * @param number the place among the outputs of the row, from 0
     */
    public record CopyImage(int number) implements Action {

        static final String KIND = "copy-images";

        /** How many images of a row are copied; no model makes as many. */
        static final int MAX_IMAGES = 100;

        /** The provider deletes an image after a week, so an hour is short enough between two of the last attempts. */
        private static final Duration MAX_DELAY = Duration.ofHours(1);

        public CopyImage {
            if (number < 0 || number >= MAX_IMAGES) {
                throw new IllegalArgumentException("an image's number is from 0 to 99");
            }
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String target() {
            return Integer.toString(number);
        }

        @Override
        public Duration abandonAfter() {
            return ImageCopy.KEPT_BY_PROVIDERS;
        }

        @Override
        public Duration maxDelay() {
            return MAX_DELAY;
        }

        @Override
        public int maxOfItsKind() {
            return MAX_IMAGES;
        }

        @Override
        public boolean waitsForCopies() {
            return false;
        }

        @Override
        public boolean endsWithDeletion() {
            return true;
        }
    }

    /**
     * Delete the row's images from the archive.
     *
     * @param count how many images the row had
     */
    public record DeleteImages(int count) implements Action {

        static final String KIND = "delete-images";

        /** Later, the images expire by the archive's own rule. */
        private static final Duration MAX_WAIT = Duration.ofDays(7);

        private static final Duration MAX_DELAY = Duration.ofHours(1);

        /** Longer than a copy takes: one that was under way may store its image after the first deletion. */
        private static final Duration UNTIL_COPIES_END = Duration.ofMinutes(2);

        public DeleteImages {
            if (count < 1) {
                throw new IllegalArgumentException("there is at least one image to delete");
            }
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String target() {
            return Integer.toString(count);
        }

        @Override
        public Duration abandonAfter() {
            return MAX_WAIT;
        }

        @Override
        public Duration maxDelay() {
            return MAX_DELAY;
        }

        @Override
        public Duration repeatedAfter() {
            return UNTIL_COPIES_END;
        }

        @Override
        public boolean waitsForCopies() {
            return false;
        }
    }

    /** Tell a receiver of the caller how the generation ended. */
    public record DeliverWebhook(WebhookTarget webhook) implements Action {

        static final String KIND = "deliver-webhook";

        /** Longer than the schedule, because receivers may ask for more time; the row is kept for longer. */
        private static final Duration MAX_WAIT = Duration.ofDays(7);

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String target() {
            return webhook.text();
        }

        @Override
        public Duration abandonAfter() {
            return MAX_WAIT;
        }

        @Override
        public Duration delayAfter(int failures, Instant since) {
            return RetrySchedule.jittered(
                    failures, since.toEpochMilli() ^ webhook.text().hashCode());
        }

        @Override
        public int maxAttempts() {
            return RetrySchedule.ATTEMPTS;
        }

        @Override
        public boolean concerns(Status end) {
            return WebhookEvent.parse(end.name().toLowerCase(Locale.ROOT))
                    .filter(webhook.events()::contains)
                    .isPresent();
        }

        @Override
        public boolean endsWithDeletion() {
            return true;
        }
    }

    /** Send an event about the end to the event bus of the deployment, of which there is one. */
    public record SendEvent() implements Action {

        static final String KIND = "send-event";

        private static final Duration MAX_WAIT = Duration.ofDays(1);

        /** A bus that refuses the event for good is not asked every few minutes. */
        private static final Duration MAX_DELAY = Duration.ofHours(1);

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String target() {
            return "event-bus";
        }

        @Override
        public Duration abandonAfter() {
            return MAX_WAIT;
        }

        @Override
        public Duration maxDelay() {
            return MAX_DELAY;
        }

        @Override
        public int maxOfItsKind() {
            return 1;
        }

        @Override
        public boolean endsWithDeletion() {
            return true;
        }
    }

    /** To be attempted at {@code now}, if the generation has ended by then. */
    static FollowUp of(Action action, Instant now) {
        return new FollowUp(action, now, 0, now);
    }

    /** The generation has ended by {@code now}, so the first attempt is due: at {@code due}, which is not later. */
    FollowUp started(Instant now, Instant due) {
        return new FollowUp(action, now, 0, due);
    }

    /** Not attempted before {@code until}. The time limit of a task begins then, that of an image does not change. */
    FollowUp postponed(Instant until) {
        return switch (action) {
            case NotifyTask _, DeliverWebhook _, SendEvent _ -> of(action, until);
            case CopyImage _, DeleteImages _ ->
                new FollowUp(action, since, attempts, nextAt.isBefore(until) ? until : nextAt);
        };
    }

    /** Whether it needs no further attempt after one that succeeded at {@code now}. */
    public boolean isDoneBy(Instant now) {
        return action.repeatedAfter().isZero() || !now.isBefore(since.plus(action.repeatedAfter()));
    }

    /** The same follow-up after a success that is not the last one. */
    public FollowUp repeated() {
        return new FollowUp(action, since, 0, since.plus(action.repeatedAfter()));
    }

    /**
     * One more attempt has failed: the next one comes 2 s later, doubled with each failure, to the longest delay of the
     * kind. A webhook has a schedule of its own.
     */
    public FollowUp failed(Instant now) {
        return new FollowUp(action, since, attempts + 1, now.plus(action.delayAfter(attempts + 1, since)));
    }

    /** The same follow-up, attempted at {@code earliest} or later. */
    public FollowUp notBefore(Instant earliest) {
        return nextAt.isBefore(earliest) ? new FollowUp(action, since, attempts, earliest) : this;
    }

    /** Whether no further attempt follows if one more fails. */
    public boolean isLastAttempt() {
        return attempts + 1 >= action.maxAttempts();
    }

    public boolean isDue(Instant now) {
        return !now.isBefore(nextAt);
    }

    /** Whether it has to be abandoned. */
    public boolean isOver(Instant now) {
        return !now.isBefore(end());
    }

    /** When it is abandoned. */
    public Instant end() {
        return since.plus(action.abandonAfter());
    }

    /** When the earliest of them is due; null when there is none. */
    public static @Nullable Instant earliest(List<FollowUp> followUps) {
        return followUps.stream()
                .map(FollowUp::nextAt)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
