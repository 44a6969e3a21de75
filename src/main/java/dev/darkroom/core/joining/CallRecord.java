package dev.darkroom.core.joining;

import dev.darkroom.core.generation.GenerationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The calls of one key.
 *
 * @param calls the oldest first, those that were answered by the time of the answer
 * @param unreadable the generations of calls that cannot be read. No request joins them, and the next answer removes
 *     them
 */
public record CallRecord(List<ClientCall> calls, Set<GenerationId> unreadable) {

    public static final CallRecord EMPTY = new CallRecord(List.of());

    /** How many calls of a key may be open at once. A further one is refused before it is paid for. */
    public static final int MAX_OPEN = 256;

    /**
     * With more answered calls, a client that makes four equal calls at once, again and again, would make the item
     * larger than the kilobyte that one write unit pays for.
     */
    static final int MAX_ANSWERED = 3;

    /** The retry of a request whose answer was lost comes before that, so all calls are kept for that long. */
    private static final Duration UNTIL_RETRIED = Duration.ofSeconds(10);

    /** As many as one write may remove. The rest follows with the next answers. */
    private static final int MAX_FORGOTTEN = 100;

    public CallRecord {
        calls = calls.stream().sorted(ClientCall.OLDEST_FIRST).toList();
        unreadable = Set.copyOf(unreadable);
    }

    /** A record whose calls can all be read. */
    public CallRecord(List<ClientCall> calls) {
        this(calls, Set.of());
    }

    /** The call of this generation. */
    public Optional<ClientCall> find(GenerationId generation) {
        return calls.stream()
                .filter(call -> call.generation().equals(generation))
                .findFirst();
    }

    List<ClientCall> owed(Instant now) {
        return matching(call -> call.isOwed(now));
    }

    List<ClientCall> inProgress(Instant now) {
        return matching(call -> call.isInProgress(now));
    }

    /** The one that was answered last comes first. */
    List<ClientCall> justAnswered(Instant now) {
        return matching(call -> call.isJustAnswered(now)).reversed();
    }

    private List<ClientCall> matching(Predicate<ClientCall> condition) {
        return calls.stream().filter(condition).toList();
    }

    boolean isOverfull(Instant now) {
        return matching(call -> call.isOwed(now) || call.isInProgress(now)).size() > MAX_OPEN;
    }

    /**
     * The generations of the calls that cannot be read or that no request may join any more, and of those answered ones for which there is no
     * room beside one more.
     */
    Set<GenerationId> forgettable(Instant now) {
        var over = matching(call -> !call.isOwed(now) && !call.isInProgress(now) && !call.isJustAnswered(now));
        var answered = justAnswered(now).stream()
                .skip(MAX_ANSWERED - 1)
                .filter(call -> !call.since().plus(UNTIL_RETRIED).isAfter(now));
        var readable = Stream.concat(over.stream(), answered).map(ClientCall::generation);
        return Stream.concat(unreadable.stream(), readable)
                .limit(MAX_FORGOTTEN)
                .collect(Collectors.toUnmodifiableSet());
    }
}
