package dev.darkroom.explorer;

import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.Action;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.FanIn;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** Which follow-ups were owed, and which of them have really arrived at their targets. */
final class FollowUpLedger {

    private final Ledger ledger;
    private final Map<GenerationId, Generation> stored = new HashMap<>();
    private final Set<Action> owed = new LinkedHashSet<>();
    private final Set<Action> done = new HashSet<>();
    private final Map<Action, String> webhookIds = new HashMap<>();

    /** {@code ledger} gets the violations. */
    FollowUpLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A caller who asked for this follow-up got an id. */
    void promised(Action action) {
        owed.add(action);
    }

    /** This version of the row is stored. */
    void written(Generation row) {
        var before = stored.put(row.id(), row);
        row.followUps().forEach(followUp -> owed.add(followUp.action()));
        if (before != null) {
            before.followUps().stream()
                    .map(FollowUp::action)
                    .filter(action -> !row.owes(action) && !isDone(action))
                    .forEach(action -> ledger.violated("no longer owed, but not done: " + text(action)));
        }
    }

    /** The follow-up arrives at its target with this result of a row; returns whether for the first time. */
    boolean arrived(Action action, GenerationId id, String result) {
        var row = stored.get(id);
        if (row == null || !isResultOf(row, result)) {
            ledger.violated("%s is for a result of %s that is not stored: %s".formatted(text(action), id, result));
        }
        return done.add(action);
    }

    /** The same for a webhook, by whose id a receiver knows a repetition. */
    void arrived(Action action, GenerationId id, String result, String webhookId) {
        if (!webhookId.equals(webhookIds.computeIfAbsent(action, _ -> webhookId))) {
            ledger.violated("%s was repeated as %s".formatted(text(action), webhookId));
        }
        arrived(action, id, result);
    }

    /** How a generation has ended, as text. */
    static String result(Generation ended) {
        return ended.state().toString();
    }

    /** A row with copies has ended when all of them have. */
    private boolean isResultOf(Generation row, String result) {
        var copies = IntStream.range(1, row.request().copies())
                .mapToObj(number -> stored.get(row.id().copy(number)))
                .filter(Objects::nonNull)
                .toList();
        var joined = new FanIn(row, copies).generation();
        return joined.state().status().isTerminal() && result(joined).equals(result);
    }

    boolean isDone(Action action) {
        return done.contains(action);
    }

    /** The follow-ups that were never done. */
    List<String> notDone() {
        return owed.stream()
                .filter(action -> !isDone(action))
                .map(FollowUpLedger::text)
                .toList();
    }

    private static String text(Action action) {
        return action.kind() + " " + action.target();
    }
}
