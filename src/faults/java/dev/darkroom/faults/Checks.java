package dev.darkroom.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.darkroom.faults.audit.Row;
import dev.darkroom.local.provider.ProviderSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What must hold after a run, checked against the table and the simulator's own records. */
final class Checks {

    /** How much later than its limit a row may end: its sweep waits for the lease, and a process has to start. */
    private static final Duration LATE = Duration.ofSeconds(60);

    private final List<Row> rows;
    private final Requests requests;
    private final ProviderSimulator simulator;
    private final List<String> problems = new ArrayList<>();

    /** {@code requests} are the requests of all rows. */
    Checks(List<Row> rows, Requests requests, ProviderSimulator simulator) {
        this.rows = rows;
        this.requests = requests;
        this.simulator = simulator;
    }

    /** {@code accepted} are the ids that callers got. */
    List<String> problems(Set<String> accepted, Phases phases) {
        nothingIsLost(accepted);
        nothingIsPaidForTwice();
        whatWasPaidForIsThere();
        whatIsBadEndsAndSaysWhy();
        everythingEndsInTime(phases);
        return List.copyOf(problems);
    }

    private void nothingIsLost(Set<String> accepted) {
        var ids = rows.stream().map(Row::id).collect(Collectors.toSet());
        problem("accepted, and there is no row", accepted, id -> !ids.contains(id));
        problem("is not finished", rows, row -> !row.isTerminal());
        problem("is finished and still due", rows, row -> row.isTerminal() && row.due());
    }

    private void nothingIsPaidForTwice() {
        var holders = rows.stream()
                .filter(row -> row.prediction().isPresent())
                .collect(groupingBy(row -> row.prediction().orElseThrow(), counting()));
        problem("prediction of several rows", holders.entrySet(), holder -> holder.getValue() > 1);
        var asked = rows.stream().collect(groupingBy(Row::input, counting()));
        problem(
                "input with more predictions than rows",
                simulator.inputs().entrySet(),
                input -> input.getValue() > asked.getOrDefault(input.getKey(), 0L));
        int images = rows.stream().mapToInt(Row::images).sum();
        if (simulator.billedImages() > images) {
            problems.add("%d images were billed, and %d asked for".formatted(simulator.billedImages(), images));
        }
    }

    /** The prediction of a request in the long outage may never be found. */
    private void whatWasPaidForIsThere() {
        var known = rows.stream().flatMap(row -> row.prediction().stream()).collect(Collectors.toSet());
        problem(
                "prediction of no row",
                simulator.predictions(),
                prediction -> !request(prediction).doomed() && !known.contains(prediction));
        var completed = rows.stream()
                .filter(Row::isCompleted)
                .map(row -> row.prediction().orElseThrow() + row.outputs())
                .collect(Collectors.toSet());
        problem(
                "paid for, and no completed row has its images",
                simulator.billedPredictions(),
                prediction -> request(prediction).mustComplete()
                        && !completed.contains(prediction + simulator.outputs(prediction)));
    }

    private Request request(String prediction) {
        return requests.of(simulator.prompt(prediction));
    }

    private void whatIsBadEndsAndSaysWhy() {
        var billed = Set.copyOf(simulator.billedPredictions());
        var failed = rows.stream().filter(Row::isFailed).toList();
        problem("has a fault for good and is completed", rows, row -> row.isCompleted() && of(row).mustFail());
        problem(
                "failed without a reason",
                failed,
                row -> row.failureCode().isBlank() || row.failureText().isBlank());
        problem(
                "failed, may be billed, and its reason does not name the prediction",
                failed,
                row -> row.prediction()
                        .filter(prediction -> billed.contains(prediction)
                                && !row.failureText().contains(prediction))
                        .isPresent());
        problem(
                "may be billed and does not say so",
                failed,
                row -> of(row).doomed()
                        && simulator.inputs().containsKey(row.input())
                        && !row.failureText().contains("billed"));
    }

    private Request of(Row row) {
        return requests.of(row);
    }

    private void everythingEndsInTime(Phases phases) {
        problem(
                "was refused until its limit, without a fault for good",
                rows,
                row -> of(row).isHealthy()
                        && row.isFailed()
                        && row.prediction().isEmpty()
                        && !row.failureCode().equals("submission_unconfirmed"));
        var limit = Limits.SHORT.each();
        problem(
                "ended before its limit",
                rows,
                row -> of(row).doomed()
                        && row.finishedAt().stream()
                                .anyMatch(end -> end.isBefore(row.createdAt().plus(limit))));
        problem(
                "ended long after its limit",
                rows,
                row -> !of(row).isHealthy()
                        && row.finishedAt().stream()
                                .anyMatch(
                                        end -> end.isAfter(limitOf(row, phases).plus(LATE))));
    }

    /**
     * When {@code row} must have ended at the latest. No row reaches the long limits. A row that still runs when the
     * limits become short ends at its first step after the short limit, which comes after at most half of its age.
     */
    private static Instant limitOf(Row row, Phases phases) {
        var age = Duration.between(row.createdAt(), phases.outAt());
        return age.isNegative()
                ? row.createdAt().plus(Limits.SHORT.each())
                : phases.outAt().plus(Limits.SHORT.each()).plus(age.dividedBy(2));
    }

    private <T> void problem(String text, Collection<T> all, Predicate<T> is) {
        all.stream().filter(is).map(one -> "%s: %s".formatted(text, one)).forEach(problems::add);
    }
}
