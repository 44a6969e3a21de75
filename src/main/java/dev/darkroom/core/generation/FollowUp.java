package dev.darkroom.core.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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
    private static final Duration MAX_DELAY = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 8;

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

        /** Reads what {@link #kind} and {@link #target} have stored; throws an {@link IllegalArgumentException}. */
        static Action of(String kind, String target) {
            return switch (kind) {
                case NotifyTask.KIND -> new NotifyTask(new TaskToken(target));
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

    /** To be attempted at {@code now}, if the generation has ended by then. */
    static FollowUp of(Action action, Instant now) {
        return new FollowUp(action, now, 0, now);
    }

    /** The generation has ended by {@code now}, so the first attempt is due. */
    FollowUp started(Instant now) {
        return of(action, now);
    }

    /** One more attempt has failed: the next one comes 2 s later, doubled with each failure, to 5 minutes at most. */
    public FollowUp failed(Instant now) {
        var doubled = FIRST_DELAY.multipliedBy(1L << Math.min(attempts, MAX_DOUBLINGS));
        var delay = doubled.compareTo(MAX_DELAY) < 0 ? doubled : MAX_DELAY;
        return new FollowUp(action, since, attempts + 1, now.plus(delay));
    }

    public boolean isDue(Instant now) {
        return !now.isBefore(nextAt);
    }

    /** Whether it has to be abandoned. */
    public boolean isOver(Instant now) {
        return !now.isBefore(since.plus(action.abandonAfter()));
    }

    /** When the earliest of them is due; null when there is none. */
    public static @Nullable Instant earliest(List<FollowUp> followUps) {
        return followUps.stream()
                .map(FollowUp::nextAt)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
