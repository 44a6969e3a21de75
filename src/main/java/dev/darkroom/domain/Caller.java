package dev.darkroom.domain;

import java.util.List;

/**
 * Who asked for a generation.
 *
 * @param waitingTasks the workflows' tasks that wait to be told how it ended, 10 at most: a task that was started again has
 *     another token, and which of its attempts is still alive cannot be told from their order
 */
public record Caller(Owner owner, List<TaskToken> waitingTasks) {

    static final int MOST_TASKS = 10;

    public Caller {
        waitingTasks = List.copyOf(waitingTasks);
        if (waitingTasks.size() > MOST_TASKS) {
            throw new IllegalArgumentException("at most 10 tasks wait for a generation");
        }
    }

    /** An owner who reads the result when it suits him. */
    public static Caller of(Owner owner) {
        return new Caller(owner, List.of());
    }

    public boolean isWaiting() {
        return !waitingTasks.isEmpty();
    }
}
