package dev.darkroom.core.step;

import dev.darkroom.core.followup.FollowUpExecutor;
import dev.darkroom.core.followup.FollowUpResult;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.step.NextStep.AttemptFollowUps;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Attempts the follow-ups of a generation that has ended, and stores which of them the row still owes. */
final class FollowUpStep {

    /**
     * After this time no further attempt begins, so that a slow one cannot delay the write of those before it. The
     * longest attempt copies an image: the fetch (15 s), the write and the read of the archive (12 s each) and a write
     * of the table (6 s).
     */
    private static final Duration MAX_TIME = Duration.ofSeconds(5);

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
     * attempt does not affect the other follow-ups. Those that cannot be attempted now let the other kinds go first, so
     * that a receiver that is not told delays no image. A generation with copies has ended when all of them have.
     */
    StepResult run(Generation row, List<FollowUp> due) {
        var others = new ArrayList<>(row.followUps());
        var later = Instant.MAX;
        boolean hasOutgrown = false;
        Optional<Generation> running = Optional.empty();
        NextStep next = new AttemptFollowUps(due);
        while (next instanceof AttemptFollowUps(var ofOneKind)) {
            var joined = joined(row, ofOneKind);
            if (joined.state().status().isTerminal()) {
                var results = results(joined, ofOneKind);
                var attempted = AttemptedFollowUps.of(row, results, context.now());
                if (!attempted.isNothing()) {
                    return stored(attempted);
                }
                hasOutgrown |= results.containsValue(new FollowUpResult.Outgrown());
                later = earlier(later, untilRoom(results.values()));
                others.removeAll(ofOneKind);
            } else {
                running = Optional.of(joined);
                others.removeIf(followUp -> followUp.action().waitsForCopies());
            }
            next = NextStep.ofFollowUps(others, context.now());
        }
        if (running.isPresent()) {
            return transitions.awaitCopies(row, running.get());
        }
        var until = next instanceof NextStep.Wait(var at) ? earlier(later, at) : later;
        return hasOutgrown
                ? transitions.nextCheck(row).outgrown()
                : transitions.nextCheck(row).deferredUntil(until);
    }

    /** The row, with the images of its copies if these follow-ups need them. */
    private Generation joined(Generation row, List<FollowUp> ofOneKind) {
        return ofOneKind.getFirst().action().waitsForCopies()
                ? FanIn.of(row, context.store()).generation()
                : row;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private StepResult stored(AttemptedFollowUps attempted) {
        var result = store(attempted);
        return attempted.anyFailed() && !isDueNow(result) ? result.failed() : result;
    }

    /** When one of the attempts may have the room that it had not. */
    private Instant untilRoom(Collection<FollowUpResult> results) {
        return results.stream()
                .flatMap(result ->
                        result instanceof FollowUpResult.NoRoom(var nextAt) ? Stream.of(nextAt) : Stream.empty())
                .min(Comparator.naturalOrder())
                .orElseGet(context::now);
    }

    /** The attempts that have failed least often come first, so that a slow one is behind the others from then on. */
    private Map<FollowUp, FollowUpResult> results(Generation ended, List<FollowUp> due) {
        var results = new HashMap<FollowUp, FollowUpResult>();
        var end = context.now().plus(MAX_TIME);
        for (var followUp :
                due.stream().sorted(Comparator.comparingInt(FollowUp::attempts)).toList()) {
            if (results.isEmpty() || context.now().isBefore(end)) {
                results.put(followUp, result(followUp, ended));
            }
        }
        return results;
    }

    private FollowUpResult result(FollowUp followUp, Generation ended) {
        try {
            return executor.attempt(followUp.action(), ended);
        } catch (RuntimeException e) {
            return failed(ended, e);
        } catch (VirtualMachineError e) {
            // An attempt that needed too much memory counts, so that it is not repeated at once without end.
            return failed(ended, new IllegalStateException(e));
        }
    }

    private FollowUpResult failed(Generation ended, RuntimeException cause) {
        context.listener().stepFailed(ended.id(), cause);
        return new FollowUpResult.TryAgain();
    }

    /** A row with another follow-up to attempt now is not delayed like a row whose steps fail. */
    private boolean isDueNow(StepResult result) {
        return result.nextCheckAt().filter(at -> !at.isAfter(context.now())).isPresent();
    }

    StepResult abandon(Generation ended, List<FollowUp> over) {
        var abandoned = AttemptedFollowUps.abandoned(ended, over, context.now());
        var result = store(abandoned);
        if (result.generation().equals(abandoned.next())) {
            over.forEach(followUp -> context.listener().followUpAbandoned(ended.id(), followUp));
        }
        return result;
    }

    private StepResult store(AttemptedFollowUps attempted) {
        var result = transitions.writeQuietly(attempted.next());
        if (result.generation().equals(attempted.next())) {
            attempted.reportTo(context.listener(), context.now());
        }
        return result;
    }
}
