package dev.darkroom.core;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.joining.CallKey;
import dev.darkroom.core.joining.CallRecord;
import dev.darkroom.core.joining.CallState;
import dev.darkroom.core.joining.CallStore;
import dev.darkroom.core.joining.ClientCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The fake of the store of calls. It passes the same contract suite as the real one. */
public final class InMemoryCallStore implements CallStore {

    private static final class Item {
        final Map<GenerationId, ClientCall> calls = new LinkedHashMap<>();
        final Set<GenerationId> owed = new HashSet<>();

        CallRecord record() {
            return new CallRecord(new ArrayList<>(calls.values()));
        }
    }

    private final Map<CallKey, Item> items = new HashMap<>();
    private int writes;

    /** The records of all keys. */
    public synchronized List<CallRecord> all() {
        return items.values().stream().map(Item::record).toList();
    }

    /** The number of writes so far, made or not. */
    public synchronized int writes() {
        return writes;
    }

    @Override
    public synchronized CallRecord find(CallKey key) {
        return item(key).record();
    }

    @Override
    public synchronized Change add(CallKey key, ClientCall call) {
        return change(key, call.generation(), Optional::isEmpty, _ -> call).orMadeBefore(call);
    }

    @Override
    public synchronized Change addUnlessOwed(CallKey key, ClientCall call) {
        var nothingOwed = item(key).owed.isEmpty();
        return change(key, call.generation(), found -> found.isEmpty() && nothingOwed, _ -> call)
                .orMadeBefore(call);
    }

    @Override
    public synchronized Change replace(CallKey key, ClientCall before, ClientCall after) {
        var change = change(
                key,
                after.generation(),
                found -> found.filter(stored -> !(stored.state() instanceof CallState.Answered)
                                && stored.holder().equals(before.holder())
                                && stored.requests() == before.requests())
                        .isPresent(),
                _ -> after);
        if (change.isMade()) {
            item(key).owed.add(after.generation());
        }
        return change.orMadeBefore(after);
    }

    @Override
    public synchronized Change join(CallKey key, ClientCall call) {
        return change(
                key,
                call.generation(),
                found -> found.filter(stored -> stored.requests() == call.requests())
                        .isPresent(),
                InMemoryCallStore::withOneMoreRequest);
    }

    @Override
    public synchronized Change joinAnyway(CallKey key, GenerationId call) {
        return change(key, call, Optional::isPresent, InMemoryCallStore::withOneMoreRequest);
    }

    private static ClientCall withOneMoreRequest(Optional<ClientCall> found) {
        var call = found.orElseThrow();
        return new ClientCall(call.generation(), call.requests() + 1, call.state());
    }

    @Override
    public synchronized void answer(CallKey key, GenerationId call, Instant at, Set<GenerationId> forgotten) {
        var answered = change(
                key,
                call,
                Optional::isPresent,
                found -> new ClientCall(
                        call,
                        found.orElseThrow().requests(),
                        new CallState.Answered(found.orElseThrow().holder(), at)));
        if (answered.isMade()) {
            var item = item(key);
            item.owed.remove(call);
            item.owed.removeAll(forgotten);
            item.calls.keySet().removeAll(forgotten);
        }
    }

    @Override
    public synchronized void remove(CallKey key, GenerationId call) {
        writes++;
        item(key).calls.remove(call);
        item(key).owed.remove(call);
    }

    private Change change(
            CallKey key,
            GenerationId call,
            Predicate<Optional<ClientCall>> condition,
            Function<Optional<ClientCall>, ClientCall> update) {
        writes++;
        var item = item(key);
        var found = Optional.ofNullable(item.calls.get(call));
        boolean isMade = condition.test(found);
        if (isMade) {
            item.calls.put(call, update.apply(found));
        }
        return new Change(isMade, item.record());
    }

    private Item item(CallKey key) {
        return items.computeIfAbsent(key, _ -> new Item());
    }
}
