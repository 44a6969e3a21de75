package dev.darkroom.explorer;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.State;
import dev.darkroom.simulation.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What must hold at the end of every execution. */
final class Promises {

    private final World world;
    private final List<String> broken = new ArrayList<>();

    private Promises(World world) {
        this.world = world;
    }

    /** Throws {@link AssertionError} with every promise that is broken. */
    static void check(World world) {
        var promises = new Promises(world);
        promises.check();
        if (!promises.broken.isEmpty()) {
            throw new AssertionError(String.join("; ", promises.broken));
        }
    }

    private void check() {
        broken.addAll(world.ledger.violations());
        everyRowHasEnded();
        everyAnsweredIdIsARow();
        everyFollowUpIsDone();
        everySubmittedRowHasItsCopies();
        eachPredictionIsInOneRow();
        noInputIsPaidForMoreOftenThanAsked();
        noRowIsSentAgainTooSoon();
        noCancelledRowWasAccepted();
        cancellationsAreAsTheyWereAnswered();
        generationsAreCancelledAsAWhole();
        broken.addAll(CallPromises.broken(world));
        broken.addAll(MoneyPromises.broken(world));
        broken.addAll(BillPromises.broken(world));
    }

    private void everyRowHasEnded() {
        world.unfinished().forEach(row -> broken.add("never ends: " + row));
    }

    private void everyAnsweredIdIsARow() {
        world.answered().stream()
                .filter(id -> world.rows.find(id).isEmpty())
                .forEach(id -> broken.add("answered, but not stored: " + id));
    }

    private void everyFollowUpIsDone() {
        world.followUps.notDone().forEach(followUp -> broken.add("never done: " + followUp));
    }

    private void everySubmittedRowHasItsCopies() {
        for (var post : world.ledger.posts()) {
            var copies = world.rows.find(post.row()).orElseThrow().request().copies();
            IntStream.range(1, copies)
                    .mapToObj(number -> post.row().copy(number))
                    .filter(copy -> world.rows.find(copy).isEmpty())
                    .forEach(_ -> broken.add("sent without its copy: " + post));
        }
    }

    private void eachPredictionIsInOneRow() {
        for (var made : world.ledger.made()) {
            var rows = world.rows.all().stream()
                    .filter(row -> row.hasPrediction(made.prediction()))
                    .toList();
            if (rows.size() > 1 || (rows.isEmpty() && !world.rules.mayPayTwice())) {
                broken.add("%s is in %s".formatted(made, rows));
            }
        }
    }

    private void noInputIsPaidForMoreOftenThanAsked() {
        if (world.rules.mayPayTwice()) {
            return;
        }
        Map<String, Integer> asked = new HashMap<>();
        world.rows.all().stream()
                .filter(row -> !isCancelled(row))
                .forEach(row -> asked.merge(row.request().input(), 1, Integer::sum));
        for (var made : world.ledger.made()) {
            if (asked.merge(made.input(), -1, Integer::sum) < 0) {
                broken.add("paid for once too often: " + made);
            }
        }
    }

    /** A throttled call created nothing, so the row may be sent again at once. */
    private void noRowIsSentAgainTooSoon() {
        Map<GenerationId, Ledger.Post> last = new HashMap<>();
        for (var post : world.ledger.posts()) {
            var before = last.put(post.row(), post);
            if (before != null && before.answer() != PaidAnswer.REFUSED && !mayFollow(before, post)) {
                broken.add("sent again too soon: %s, %s".formatted(before, post));
            }
        }
    }

    /** A call that was refused created nothing, so its row may be cancelled afterwards. */
    private void noCancelledRowWasAccepted() {
        var cancelled = world.rows.all().stream()
                .filter(Promises::isCancelled)
                .map(Generation::id)
                .toList();
        world.ledger.posts().stream()
                .filter(post -> cancelled.contains(post.row()) && post.answer() != PaidAnswer.REFUSED)
                .forEach(post -> broken.add("cancelled, but sent: " + post));
    }

    private void cancellationsAreAsTheyWereAnswered() {
        world.rows.all().forEach(row -> {
            if (isCancelled(row) && world.cancellations.refused().contains(row.id())) {
                broken.add("cancelled, but the owner was answered that it was submitted: " + row);
            }
            if (!isCancelled(row) && world.cancellations.cancelled().contains(row.id())) {
                broken.add("not cancelled, but the owner was answered that it is: " + row);
            }
        });
    }

    private void generationsAreCancelledAsAWhole() {
        world.rows
                .all()
                .forEach(row -> row.copyIds().stream()
                        .map(copy -> world.rows
                                .find(copy)
                                .filter(Promises::isCancelled)
                                .isPresent())
                        .filter(cancelled -> cancelled != isCancelled(row))
                        .forEach(_ -> broken.add("cancelled in part: " + row)));
    }

    private static boolean isCancelled(Generation row) {
        return row.state() instanceof State.Cancelled;
    }

    private boolean mayFollow(Ledger.Post before, Ledger.Post post) {
        var apart = Duration.between(before.at(), post.at());
        return world.rules
                .settings()
                .resubmitAfter()
                .filter(after -> apart.compareTo(after.minus(Settings.CLAIM_TIMEOUT)) >= 0)
                .isPresent();
    }
}
