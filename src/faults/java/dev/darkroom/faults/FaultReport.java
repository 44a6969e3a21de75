package dev.darkroom.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.darkroom.faults.audit.Row;
import dev.darkroom.faults.clients.ClientReport;
import dev.darkroom.local.provider.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The figures of a run.
 *
 * @param killed living processes that were killed, by function
 * @param killedAtWork those of them that were handling an event
 * @param jumps of the provider's clock
 * @param answers that callers got; after any other than 200 they repeated the request
 * @param posts paid calls that the provider received
 * @param images of completed generations
 * @param visibility of generations without a permanent fault, by phase
 * @param clients what unmodified clients were charged after that, if they ran
 * @param problems without those of the clients
 */
record FaultReport(
        Plan plan,
        Phases phases,
        Map<String, Integer> killed,
        int killedAtWork,
        int jumps,
        Map<String, Integer> answers,
        int posts,
        int predictions,
        Map<Fault, Integer> providerFaults,
        Map<FaultyTable.Fault, Integer> tableFaults,
        Map<FaultyBucket.Fault, Integer> bucketFaults,
        Images images,
        Endings endings,
        Map<String, Visibility> visibility,
        Optional<ClientReport> clients,
        List<String> problems) {

    private static final int MAX_PROBLEMS = 20;

    /** Images that have to be in the bucket, each once, as it was drawn, and at the end of its link. */
    record Images(int all, int problems) {

        @Override
        public String toString() {
            return problems == 0
                    ? "%d images, each once, bit for bit, and its link leads to it".formatted(all)
                    : "%d images, %d PROBLEMS".formatted(all, problems);
        }
    }

    /**
     * How generations ended: their status, or the code of their failure.
     *
     * @param lasting by permanent fault
     */
    record Endings(Map<String, Long> healthy, Map<String, Map<String, Long>> lasting, Map<String, Long> inOutage) {

        static Endings of(List<Row> rows, Requests requests) {
            return new Endings(
                    rows.stream()
                            .filter(row -> requests.of(row).isHealthy())
                            .collect(groupingBy(Row::ending, TreeMap::new, counting())),
                    rows.stream()
                            .filter(row -> requests.of(row).lasting().isPresent())
                            .collect(groupingBy(
                                    row -> requests.of(row)
                                            .lasting()
                                            .orElseThrow()
                                            .fault()
                                            .title(),
                                    TreeMap::new,
                                    groupingBy(Row::ending, TreeMap::new, counting()))),
                    rows.stream()
                            .filter(row -> requests.of(row).doomed())
                            .collect(groupingBy(Row::ending, TreeMap::new, counting())));
        }

        private String ofLasting() {
            return lasting.entrySet().stream()
                    .map(fault -> "%s: %s".formatted(fault.getKey(), counts(fault.getValue(), Function.identity())))
                    .collect(joining("\n            "));
        }
    }

    FaultReport with(ClientReport ofClients) {
        return new FaultReport(
                plan,
                phases,
                killed,
                killedAtWork,
                jumps,
                answers,
                posts,
                predictions,
                providerFaults,
                tableFaults,
                bucketFaults,
                images,
                endings,
                visibility,
                Optional.of(ofClients),
                problems);
    }

    /** The number of living processes that were killed. */
    int kills() {
        return killed.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return """
                seed %d: %d generations, %d more with a fault for good, %d kills: %s
                  settings  %s; then %s
                  phases    %s
                %s
                  answers   %s
                  provider  %d posts, %d predictions; %s
                  table     %s
                  bucket    %s; %s
                  killed    %s; %d of them at work; the provider's clock jumped %d times
                  healthy   %s
                  for good  %s
                  outage    %s
                %s%s""".formatted(
                        plan.seed(),
                        plan.generations(),
                        plan.lasting(),
                        kills(),
                        problems.isEmpty() ? "all promises kept" : problems.size() + " PROBLEMS",
                        plan.before(),
                        plan.after(),
                        phases,
                        visibility.entrySet().stream()
                                .map(phase -> "  visible   %s: %s".formatted(phase.getKey(), phase.getValue()))
                                .collect(joining("\n")),
                        counts(answers, Function.identity()),
                        posts,
                        predictions,
                        counts(providerFaults, Fault::title),
                        counts(tableFaults, fault -> fault.name().toLowerCase(Locale.ROOT)),
                        images,
                        counts(bucketFaults, fault -> fault.name().toLowerCase(Locale.ROOT)),
                        counts(killed, Function.identity()),
                        killedAtWork,
                        jumps,
                        counts(endings.healthy(), Function.identity()),
                        endings.ofLasting(),
                        counts(endings.inOutage(), Function.identity()),
                        problems.stream()
                                .limit(MAX_PROBLEMS)
                                .map(problem -> "  " + problem + "\n")
                                .collect(joining()),
                        clients.map(ClientReport::toString).orElse(""));
    }

    private static <K extends Comparable<K>> String counts(Map<K, ? extends Number> counts, Function<K, String> name) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(count -> name.apply(count.getKey()) + " " + count.getValue())
                        .collect(joining(", "));
    }
}
