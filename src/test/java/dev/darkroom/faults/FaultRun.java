package dev.darkroom.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.darkroom.domain.Owner;
import dev.darkroom.local.DynamoDbLocal;
import dev.darkroom.local.Fault;
import dev.darkroom.local.Platform;
import dev.darkroom.local.Platform.Killed;
import dev.darkroom.local.PlatformOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
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

    /**
     * What is to be run.
     *
     * @param kills how many living processes are killed
     */
    record Plan(long seed, int generations, int kills, int callers) {

        /** In every other run the provider tells of the end of its predictions. */
        boolean webhooks() {
            return seed % 2 == 0;
        }

        /** In every third run images are counted, and there are too many now and then. */
        boolean budget() {
            return seed % 3 == 0;
        }

        List<String> killed() {
            return webhooks()
                    ? List.of("submit-generation", "poll-generations", "authorize", "receive-webhook")
                    : List.of("submit-generation", "poll-generations", "authorize");
        }
    }

    private static final Duration LATE = Duration.ofSeconds(3);
    private static final Duration REST = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int LONGEST_PAUSE_MILLIS = 100;
    private static final int KILLS_PER_JUMP = 5;
    private static final int FARTHEST_BEHIND_SECONDS = -50;
    private static final int FARTHEST_AHEAD_SECONDS = 100;

    private static final Map<Fault, Double> PROVIDER_FAULTS = Map.ofEntries(
            Map.entry(Fault.TOO_MANY_REQUESTS, 0.003),
            Map.entry(Fault.SERVER_ERROR, 0.02),
            Map.entry(Fault.ACCEPT_THEN_504, 0.04),
            Map.entry(Fault.ACCEPT_THEN_RESET, 0.02),
            Map.entry(Fault.MALFORMED, 0.02),
            Map.entry(Fault.SLOW, 0.01),
            Map.entry(Fault.RESULT_500, 0.03),
            Map.entry(Fault.RESULT_MALFORMED, 0.02),
            Map.entry(Fault.UNKNOWN_STATUS, 0.02),
            Map.entry(Fault.HISTORY_500, 0.05),
            Map.entry(Fault.LOST_WEBHOOK, 0.2),
            Map.entry(Fault.DUPLICATE_WEBHOOK, 0.1),
            Map.entry(Fault.FAIL, 0.02),
            Map.entry(Fault.NSFW, 0.02));

    private final Plan plan;
    private final Random random;
    private final FaultyTable table;
    private final Platform platform;
    private final Map<String, Integer> kills = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private int killedAtWork;
    private int jumps;

    private FaultRun(Plan plan, FaultyTable table, Platform platform) {
        this.plan = plan;
        this.random = new Random(plan.seed());
        this.table = table;
        this.platform = platform;
    }

    static FaultReport run(Path project, Plan plan) throws InterruptedException {
        try (var table = new FaultyTable(plan.seed());
                var platform = Platform.start(options(project, plan).withTableThrough(table::before))) {
            return new FaultRun(plan, table, platform).run();
        }
    }

    private static PlatformOptions options(Path project, Plan plan) {
        var options = PlatformOptions.of(project)
                .withImageTime(Duration.ofMillis(500))
                .withSeed(plan.seed())
                .withTick(Duration.ofMillis(500))
                .withEnvironment(Map.of(
                        "DARKROOM_BUDGET_IMAGES_PER_MINUTE", plan.budget() ? "12000" : "",
                        "DARKROOM_SWEEP_WINDOW", "PT10S",
                        "DARKROOM_SWEEP_LEASE", "PT1S",
                        "DARKROOM_TIMINGS_FIRST_LOOK", "PT2S",
                        "DARKROOM_TIMINGS_CLAIM_TIMEOUT", "PT4S",
                        "DARKROOM_WAVESPEED_SUBMIT_TIMEOUT", "PT2S",
                        "DARKROOM_WAVESPEED_RESULT_TIMEOUT", "PT2S",
                        "DARKROOM_LOG_LEVEL", "ERROR"));
        return plan.webhooks() ? options.withWebhooks() : options;
    }

    private FaultReport run() throws InterruptedException {
        platform.simulator().setLate(LATE);
        platform.warmUp(plan.killed());
        platform.simulator().misbehave(PROVIDER_FAULTS);
        var began = Instant.now();
        var caller = new Caller(
                platform.address(), platform.createKey(new Owner("faults")).value());
        var accepted = askAndKill(caller);
        awaitSubmitted();
        platform.simulator().misbehave(Map.of());
        table.calmDown();
        var calm = Instant.now();
        var rows = awaitRest();
        check(rows, accepted);
        return new FaultReport(
                plan,
                Duration.between(began, calm),
                slowest(rows, calm, row -> row.status().equals("COMPLETED")),
                slowest(rows, calm, Row::isTerminal),
                Map.copyOf(kills),
                killedAtWork,
                jumps,
                caller.answers(),
                platform.simulator().posts(),
                platform.simulator().predictions().size(),
                platform.simulator().faultsMet(),
                table.met(),
                rows.stream().collect(groupingBy(Row::status, counting())),
                List.copyOf(problems));
    }

    private static Duration slowest(List<Row> rows, Instant calm, Predicate<Row> which) {
        return rows.stream()
                .filter(which)
                .flatMap(row -> row.finishedAt().stream())
                .map(finishedAt -> Duration.between(calm, finishedAt))
                .filter(Duration::isPositive)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Every tenth prompt is that of its neighbours: rows that resemble each other must not get each other's images. */
    private Set<String> askAndKill(Caller caller) throws InterruptedException {
        try (var callers = Executors.newFixedThreadPool(plan.callers())) {
            var ids = new ArrayList<Future<String>>();
            for (int i = 0; i < plan.generations(); i++) {
                var number = i;
                var prompt = i % 10 == 0 ? "a herd, %d".formatted(i / 100) : "cat %d".formatted(i);
                int images = i % 10 == 0 ? 1 : 1 + i % 4;
                ids.add(callers.submit(() -> caller.ask("key-" + number, prompt, images)));
            }
            for (int kill = 1; kill <= plan.kills(); kill++) {
                awaitDone(ids, (int) ((long) plan.generations() * kill / (plan.kills() + 1)));
                Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                kill();
                if (kill % KILLS_PER_JUMP == 0) {
                    jump();
                }
            }
            return ids.stream().map(FaultRun::result).collect(Collectors.toCollection(HashSet::new));
        }
    }

    /** Under the same faults: a submission that waits for its turn shall meet them too. */
    private void awaitSubmitted() throws InterruptedException {
        try (var client = DynamoDbLocal.client(platform.tableAddress())) {
            await(client, rows -> rows.stream().noneMatch(row -> row.status().equals("ACCEPTED")));
        }
    }

    /** Who has no living process is no victim: another one is looked for. */
    private void kill() throws InterruptedException {
        for (var killed = Killed.NOBODY; killed == Killed.NOBODY; Thread.sleep(1)) {
            var function = plan.killed().get(random.nextInt(plan.killed().size()));
            killed = platform.killOne(function, random);
            if (killed != Killed.NOBODY) {
                kills.merge(function, 1, Integer::sum);
            }
            killedAtWork += killed == Killed.AT_WORK ? 1 : 0;
        }
    }

    /** The provider's clock: all processes of this machine share the other one. */
    private void jump() {
        platform.simulator()
                .setClockAhead(Duration.ofSeconds(random.nextInt(FARTHEST_BEHIND_SECONDS, FARTHEST_AHEAD_SECONDS + 1)));
        jumps++;
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

    /**
     * What was never sent is searched for a day. So when everything that the provider has is found, the day is over; no
     * fault was outwaited until then.
     */
    private List<Row> awaitRest() throws InterruptedException {
        try (var client = DynamoDbLocal.client(platform.tableAddress())) {
            await(client, rows -> rows.stream().allMatch(row -> !row.due() || row.isSearchedFor()) && allIsFound(rows));
            return await(client, rows -> {
                rows.stream().filter(Row::isSearchedFor).forEach(row -> row.endSearch(client));
                return rows.stream().noneMatch(Row::due);
            });
        }
    }

    private boolean allIsFound(List<Row> rows) {
        return rows.stream()
                .flatMap(row -> row.prediction().stream())
                .collect(Collectors.toSet())
                .containsAll(platform.simulator().predictions());
    }

    private static List<Row> await(DynamoDbClient client, Predicate<List<Row>> rest) throws InterruptedException {
        var giveUp = Instant.now().plus(REST);
        var rows = Row.all(client);
        while (!rest.test(rows) && Instant.now().isBefore(giveUp)) {
            Thread.sleep(LOOK);
            rows = Row.all(client);
        }
        return rows;
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
        var images = rows.stream().mapToInt(Row::images).sum();
        if (simulator.billedImages() > images) {
            problems.add("%d images were billed, and %d asked for".formatted(simulator.billedImages(), images));
        }
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
