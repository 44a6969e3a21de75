package dev.darkroom.explorer;

import dev.darkroom.core.generation.EventLog.Entry;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.provider.ImageProvider.Submission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What provider and table have really received, whatever the processes learn of it. */
final class Ledger {

    /** A paid call that arrived. */
    record Post(GenerationId row, Instant at, PaidAnswer answer) {}

    /** A prediction that was created. */
    record Made(PredictionId prediction, GenerationId row, String input, Instant at) {}

    /** A webhook, and what it causes; or a follow-up that is done, and one that is not. */
    private static final int MAX_EVENTS_OF_A_WRITE = 2;

    private record Claimant(SimulatedProcess process, GenerationId row) {}

    private final InstantSource clock;
    private final Duration historyDelay;
    private final List<Post> posts = new ArrayList<>();
    private final List<Made> made = new ArrayList<>();
    private final Map<Claimant, String> claims = new HashMap<>();
    private final Set<String> usedClaims = new HashSet<>();
    private final Map<GenerationId, Generation> ended = new HashMap<>();
    private final Map<GenerationId, List<Entry>> events = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** {@code historyDelay} is the time until the history shows a new prediction. */
    Ledger(InstantSource clock, Duration historyDelay) {
        this.clock = clock;
        this.historyDelay = historyDelay;
    }

    /** The process has stored this version of the row. */
    void written(SimulatedProcess process, Generation row) {
        if (row.state() instanceof State.Submitting submitting) {
            claims.put(new Claimant(process, row.id()), submitting.attempt().claim());
        }
        var end = ended.get(row.id());
        if (end != null && !end.equals(row) && !hasOnlyOtherFollowUps(row, end)) {
            violated("written after its end: " + row);
        }
        if (row.state().status().isTerminal()) {
            ended.put(row.id(), row);
        }
        checkEvents(row);
    }

    /** A write that is repeated has the events that it had before, so it records none twice. */
    private void checkEvents(Generation row) {
        var before = events.getOrDefault(row.id(), List.of());
        var now = row.events().entries();
        int added = now.size() - before.size();
        if (added < 0
                || added > MAX_EVENTS_OF_A_WRITE
                || !now.subList(0, before.size()).equals(before)) {
            violated("has other events than before: %s, %s".formatted(before, row));
        }
        events.put(row.id(), now);
    }

    private static boolean hasOnlyOtherFollowUps(Generation row, Generation before) {
        return !row.followUps().equals(before.followUps())
                && withoutEvents(row).equals(withoutEvents(before.withFollowUps(row.followUps())));
    }

    private static Generation withoutEvents(Generation row) {
        return new Generation(
                row.id(),
                row.owner(),
                row.request(),
                row.createdAt(),
                row.version(),
                row.dueAt(),
                row.state(),
                row.followUps());
    }

    /** A paid call arrives; returns the prediction that it creates. */
    Optional<PredictionId> post(SimulatedProcess process, Submission submission, PaidAnswer answer) {
        var claim = claims.get(new Claimant(process, submission.row()));
        if (claim == null || !usedClaims.add(claim)) {
            violated("sent without a claim of its own: " + submission.row());
        }
        posts.add(new Post(submission.row(), clock.instant(), answer));
        if (answer != PaidAnswer.CREATED && answer != PaidAnswer.UNANSWERED) {
            return Optional.empty();
        }
        var prediction = new PredictionId("p" + (made.size() + 1));
        made.add(new Made(prediction, submission.row(), submission.input(), clock.instant()));
        return Optional.of(prediction);
    }

    /** The predictions of this input that the history shows now. */
    List<PredictionId> withInput(String input) {
        var shown = clock.instant().minus(historyDelay);
        return made.stream()
                .filter(prediction ->
                        prediction.input().equals(input) && !prediction.at().isAfter(shown))
                .map(Made::prediction)
                .toList();
    }

    void violated(String promise) {
        violations.add(promise);
    }

    List<Made> made() {
        return List.copyOf(made);
    }

    List<Post> posts() {
        return List.copyOf(posts);
    }

    /** The rules that were broken while the processes ran. */
    List<String> violations() {
        return List.copyOf(violations);
    }
}
