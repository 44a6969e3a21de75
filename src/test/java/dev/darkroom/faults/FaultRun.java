package dev.darkroom.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.darkroom.domain.Owner;
import dev.darkroom.local.DynamoDbLocal;
import dev.darkroom.local.Fault;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Many generations on real processes while the provider misbehaves, the table fails and processes are killed; and what is
 * left when all that has ended. Chance comes from one seed, but processes and network keep their own order.
 */
final class FaultRun {

    /** What is to be run. */
    record Plan(long seed, int generations, int kills, int callers) {}

    private static final Duration LATE = Duration.ofSeconds(3);
    private static final Duration REST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final List<String> KILLED = List.of("submit-generation", "poll-generations", "authorize");

    /** Outcomes are searched for as long as any fault lasts and then some; in production it is a day. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "DARKROOM_SWEEP_LEASE", "PT2S",
            "DARKROOM_TIMINGS_CLAIM_TIMEOUT", "PT4S",
            "DARKROOM_TIMINGS_UNCONFIRMED_GIVE_UP", "PT60S",
            "DARKROOM_WAVESPEED_SUBMIT_TIMEOUT", "PT2S",
            "DARKROOM_WAVESPEED_RESULT_TIMEOUT", "PT2S",
            "DARKROOM_LOG_LEVEL", "ERROR");

    private static final Map<Fault, Double> PROVIDER_FAULTS = Map.ofEntries(
            Map.entry(Fault.TOO_MANY_REQUESTS, 0.04),
            Map.entry(Fault.SERVER_ERROR, 0.02),
            Map.entry(Fault.ACCEPT_THEN_504, 0.04),
            Map.entry(Fault.ACCEPT_THEN_RESET, 0.02),
            Map.entry(Fault.MALFORMED, 0.02),
            Map.entry(Fault.SLOW, 0.01),
            Map.entry(Fault.RESULT_500, 0.03),
            Map.entry(Fault.RESULT_MALFORMED, 0.02),
            Map.entry(Fault.UNKNOWN_STATUS, 0.02),
            Map.entry(Fault.HISTORY_500, 0.05),
            Map.entry(Fault.FAIL, 0.02),
            Map.entry(Fault.NSFW, 0.02));

    private final Plan plan;
    private final Random random;
    private final FaultyTable table;
    private final Platform platform;
    private final List<String> problems = new ArrayList<>();

    private FaultRun(Plan plan, FaultyTable table, Platform platform) {
        this.plan = plan;
        this.random = new Random(plan.seed());
        this.table = table;
        this.platform = platform;
    }

    static FaultReport run(Path project, Plan plan) throws InterruptedException {
        try (var table = new FaultyTable(plan.seed());
                var platform = Platform.start(PlatformOptions.of(project)
                        .withImageTime(Duration.ofMillis(500))
                        .withSeed(plan.seed())
                        .withTick(Duration.ofSeconds(1))
                        .withTableThrough(table::before)
                        .withEnvironment(ENVIRONMENT))) {
            return new FaultRun(plan, table, platform).run();
        }
    }

    private FaultReport run() throws InterruptedException {
        platform.simulator().setLate(LATE);
        platform.warmUp();
        platform.simulator().misbehave(PROVIDER_FAULTS);
        var began = Instant.now();
        var accepted = askAndKill();
        platform.simulator().misbehave(Map.of());
        table.calmDown();
        var calm = Instant.now();
        var rows = awaitRest();
        check(rows, accepted);
        return new FaultReport(
                plan,
                Duration.between(began, calm),
                Duration.between(calm, Instant.now()),
                platform.simulator().posts(),
                platform.simulator().predictions().size(),
                platform.simulator().faultsMet(),
                table.met(),
                rows.stream().collect(groupingBy(Row::status, counting())),
                List.copyOf(problems));
    }

    /** Every tenth prompt is that of its neighbours: rows that resemble each other must not get each other's images. */
    private Set<String> askAndKill() throws InterruptedException {
        var caller = new Caller(
                platform.address(), platform.createKey(new Owner("faults")).value());
        try (var callers = Executors.newFixedThreadPool(plan.callers())) {
            var ids = new ArrayList<Future<String>>();
            for (int i = 0; i < plan.generations(); i++) {
                var number = i;
                var prompt = i % 10 == 0 ? "a herd, %d".formatted(i / 100) : "cat %d".formatted(i);
                ids.add(callers.submit(() -> caller.ask("key-" + number, prompt)));
            }
            for (int kill = 1; kill <= plan.kills(); kill++) {
                awaitDone(ids, (int) ((long) plan.generations() * kill / (plan.kills() + 1)));
                platform.kill(KILLED.get(random.nextInt(KILLED.size())));
            }
            return ids.stream().map(FaultRun::result).collect(Collectors.toCollection(HashSet::new));
        }
    }

    /** Kills are spread over the requests, not over time, so that a slow machine is no kinder. */
    private static void awaitDone(List<Future<String>> ids, int count) throws InterruptedException {
        while (ids.stream().filter(Future::isDone).count() < count) {
            Thread.sleep(5);
        }
    }

    private static String result(Future<String> id) {
        try {
            return id.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a request was not answered", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private List<Row> awaitRest() throws InterruptedException {
        var giveUp = Instant.now().plus(REST);
        try (var client = DynamoDbLocal.client(platform.tableAddress())) {
            var rows = rows(client);
            while (rows.stream().anyMatch(Row::due) && Instant.now().isBefore(giveUp)) {
                Thread.sleep(LOOK);
                rows = rows(client);
            }
            return rows;
        }
    }

    private static List<Row> rows(DynamoDbClient client) {
        return client.scanPaginator(scan -> scan.tableName(Platform.TABLE).consistentRead(true)).items().stream()
                .filter(item -> item.containsKey("model"))
                .map(Row::of)
                .toList();
    }

    private void check(List<Row> rows, Set<String> accepted) {
        var byId = rows.stream().collect(Collectors.toMap(Row::id, row -> row));
        problem("accepted, and there is no row", accepted, id -> !byId.containsKey(id));
        problem("is not finished", rows, row -> !row.isTerminal());
        problem("is finished and still due", rows, row -> row.isTerminal() && row.due());
        var simulator = platform.simulator();
        var holders = rows.stream()
                .filter(row -> row.prediction().isPresent())
                .collect(groupingBy(row -> row.prediction().orElseThrow(), counting()));
        problem("prediction of several rows", holders.entrySet(), holder -> holder.getValue() > 1);
        problem("prediction of no row", simulator.predictions(), prediction -> !holders.containsKey(prediction));
        var predictions = simulator.inputs();
        var asked = rows.stream().collect(groupingBy(Row::input, counting()));
        problem(
                "input with more predictions than rows",
                predictions.entrySet(),
                input -> input.getValue() > asked.getOrDefault(input.getKey(), 0L));
        var completed = rows.stream()
                .filter(row -> row.status().equals("COMPLETED"))
                .map(row -> row.prediction().orElseThrow() + row.outputs())
                .collect(Collectors.toSet());
        problem(
                "paid for, and no completed row has its images",
                simulator.billedPredictions(),
                prediction -> !completed.contains(prediction + simulator.outputs(prediction)));
    }

    private <T> void problem(String text, Iterable<T> all, Predicate<T> is) {
        for (var one : all) {
            if (is.test(one)) {
                problems.add("%s: %s".formatted(text, one));
            }
        }
    }
}
