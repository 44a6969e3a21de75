package dev.darkroom.faults;

import dev.darkroom.local.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a run saw.
 *
 * @param troubled how long requests came in and faults happened
 * @param slowestImages how long after that the last row was completed
 * @param slowestRow how long after that the last row was finished; what was never sent fails when all else is found
 * @param killed processes that lived when they were killed, by their function
 * @param killedAtWork those of them that had an event
 * @param jumps of the provider's clock
 * @param answers what the callers were answered; who got no 200 asked again
 * @param posts paid calls that the provider received
 */
record FaultReport(
        FaultRun.Plan plan,
        Duration troubled,
        Duration slowestImages,
        Duration slowestRow,
        Map<String, Integer> killed,
        int killedAtWork,
        int jumps,
        Map<String, Integer> answers,
        int posts,
        int predictions,
        Map<Fault, Integer> providerFaults,
        Map<FaultyTable.Fault, Integer> tableFaults,
        Map<String, Long> rows,
        List<String> problems) {

    private static final int MOST_PROBLEMS = 20;

    /** How many living processes were killed. */
    int kills() {
        return killed.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return """
                seed %d: %d generations, %d kills, %s: %s
                  faults lasted %.1f s; after them the slowest image came in %.1f s, and the last row ended in %.1f s
                  answers   %s
                  provider  %d posts, %d predictions; %s
                  table     %s
                  killed    %s; %d of them at work; the provider's clock jumped %d times
                  rows      %s
                %s""".formatted(
                        plan.seed(),
                        plan.generations(),
                        kills(),
                        (plan.webhooks() ? "webhooks" : "polling") + (plan.budget() ? ", a budget" : ""),
                        problems.isEmpty() ? "all promises kept" : problems.size() + " PROBLEMS",
                        seconds(troubled),
                        seconds(slowestImages),
                        seconds(slowestRow),
                        counts(new TreeMap<>(answers), Function.identity()),
                        posts,
                        predictions,
                        counts(new TreeMap<>(providerFaults), Fault::title),
                        counts(new TreeMap<>(tableFaults), fault -> fault.name().toLowerCase(Locale.ROOT)),
                        counts(new TreeMap<>(killed), Function.identity()),
                        killedAtWork,
                        jumps,
                        counts(new TreeMap<>(rows), Function.identity()),
                        problems.stream()
                                .limit(MOST_PROBLEMS)
                                .map(problem -> "  " + problem + "\n")
                                .collect(Collectors.joining()));
    }

    private static <K> String counts(Map<K, ? extends Number> counts, Function<K, String> name) {
        return counts.entrySet().stream()
                .map(count -> name.apply(count.getKey()) + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
