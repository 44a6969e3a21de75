package dev.darkroom.core.joining;

import dev.darkroom.core.generation.GenerationId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The calls of one key.
 *
 * @param calls the oldest first
 */
public record CallRecord(List<ClientCall> calls) {

    public static final CallRecord EMPTY = new CallRecord(List.of());

    /** How many calls of a key may be open at once. A further one is refused before it is paid for. */
    public static final int MAX_OPEN = 256;

    /** More answered calls would make the item larger than the kilobyte that one write unit pays for. */
    static final int MAX_ANSWERED = 8;

    public CallRecord {
        calls = calls.stream().sorted(ClientCall.OLDEST_FIRST).toList();
    }

    List<ClientCall> owed(Instant now) {
        return matching(call -> call.isOwed(now));
    }

    List<ClientCall> inProgress(Instant now) {
        return matching(call -> call.isInProgress(now));
    }

    /** The one that was answered last comes first. */
    List<ClientCall> justAnswered(Instant now) {
        return calls.stream()
                .filter(call -> call.isJustAnswered(now))
                .sorted(Comparator.comparing(CallRecord::answeredAt).reversed())
                .toList();
    }

    private List<ClientCall> matching(Predicate<ClientCall> condition) {
        return calls.stream().filter(condition).toList();
    }

    boolean isOverfull(Instant now) {
        return owed(now).size() + inProgress(now).size() > MAX_OPEN;
    }

    /** The call of this generation. */
    public Optional<ClientCall> find(GenerationId generation) {
        return calls.stream()
                .filter(call -> call.generation().equals(generation))
                .findFirst();
    }

    /**
     * The generations of the calls that no request may join any more, and of those answered ones for which there is no
     * room beside one more.
     */
    Set<GenerationId> forgettable(Instant now) {
        var answered = justAnswered(now).stream().skip(MAX_ANSWERED - 1);
        return Stream.concat(calls.stream().filter(call -> isOver(call, now)), answered)
                .map(ClientCall::generation)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isOver(ClientCall call, Instant now) {
        return !call.isOwed(now) && !call.isInProgress(now) && !call.isJustAnswered(now);
    }

    private static Instant answeredAt(ClientCall call) {
        return call.state() instanceof CallState.Answered(var at) ? at : Instant.EPOCH;
    }
}
