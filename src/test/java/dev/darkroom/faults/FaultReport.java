package dev.darkroom.faults;

import dev.darkroom.local.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run saw.
 *
 * @param troubled how long requests came in and faults happened
 * @param recovery how long after that the last row was finished
 * @param posts paid calls that the provider received
 */
record FaultReport(
        FaultRun.Plan plan,
        Duration troubled,
        Duration recovery,
        int posts,
        int predictions,
        Map<Fault, Integer> providerFaults,
        Map<FaultyTable.Fault, Integer> tableFaults,
        Map<String, Long> rows,
        List<String> problems) {

    private static final int MOST_PROBLEMS = 20;

    @Override
    public String toString() {
        return """
                seed %d: %d generations, %d kills, %s
                  faults lasted %.1f s, the slowest recovery after them %.1f s
                  provider  %d posts, %d predictions; %s
                  table     %s
                  rows      %s
                %s""".formatted(
                        plan.seed(),
                        plan.generations(),
                        plan.kills(),
                        problems.isEmpty() ? "all promises kept" : problems.size() + " PROBLEMS",
                        seconds(troubled),
                        seconds(recovery),
                        posts,
                        predictions,
                        providerFaults.entrySet().stream()
                                .map(fault -> fault.getKey().title() + " " + fault.getValue())
                                .collect(Collectors.joining(", ")),
                        new TreeMap<>(tableFaults),
                        new TreeMap<>(rows),
                        problems.stream()
                                .limit(MOST_PROBLEMS)
                                .map(problem -> "  " + problem + "\n")
                                .collect(Collectors.joining()));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
