package dev.darkroom.core.step;

import dev.darkroom.core.followup.FollowUpExecutor;
import dev.darkroom.core.generation.EventLog.Entry;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** Attempts the follow-ups of a generation that has ended, and stores which of them the row still owes. */
final class FollowUpStep {

    private final GenerationContext context;
    private final FollowUpExecutor executor;
    private final Transitions transitions;

    FollowUpStep(GenerationContext context, FollowUpExecutor executor, Transitions transitions) {
        this.context = context;
        this.executor = executor;
        this.transitions = transitions;
    }

    /**
     * Attempts the follow-ups first and stores the results afterwards, so a follow-up is done at least once. A failed
     * attempt does not affect the other follow-ups. A generation with copies has ended when all of them have.
     */
    StepResult run(Generation row, List<FollowUp> due) {
        var joined = FanIn.of(row, context.store()).generation();
        return joined.state().status().isTerminal() ? attempt(row, joined, due) : transitions.awaitCopies(row, joined);
    }

    /** {@code joined} is the row with the images of its copies. */
    private StepResult attempt(Generation ended, Generation joined, List<FollowUp> due) {
        var owed = new ArrayList<FollowUp>();
        var happened = new LinkedHashSet<Event>();
        boolean anyFailed = false;
        for (var followUp : ended.followUps()) {
            if (!due.contains(followUp)) {
                owed.add(followUp);
            } else if (isDone(followUp, joined)) {
                happened.add(Event.FOLLOW_UP_DONE);
            } else {
                owed.add(followUp.failed(context.now()));
                anyFailed = true;
                if (followUp.attempts() == 0) {
                    happened.add(Event.FOLLOW_UP_FAILED);
                }
            }
        }
        var result = transitions.writeQuietly(ended.withFollowUps(owed).noted(now(happened)));
        return anyFailed && !isDueNow(result) ? result.failed() : result;
    }

    private List<Entry> now(Collection<Event> events) {
        return events.stream().map(event -> event.at(context.now())).toList();
    }

    private boolean isDone(FollowUp followUp, Generation ended) {
        try {
            return executor.attempt(followUp.action(), ended);
        } catch (RuntimeException e) {
            context.listener().stepFailed(ended.id(), e);
            return false;
        }
    }

    /** A row with another follow-up to attempt now is not delayed like a row whose steps fail. */
    private boolean isDueNow(StepResult result) {
        return result.nextCheckAt().filter(at -> !at.isAfter(context.now())).isPresent();
    }

    StepResult abandon(Generation ended, List<FollowUp> over) {
        var next = ended.without(over.stream().map(FollowUp::action).toList())
                .noted(now(List.of(Event.FOLLOW_UP_ABANDONED)));
        var result = transitions.writeQuietly(next);
        if (result.generation().equals(next)) {
            over.forEach(followUp -> context.listener().followUpAbandoned(ended.id(), followUp));
        }
        return result;
    }
}
