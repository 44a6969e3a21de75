package dev.darkroom.faults;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.faults.audit.KeptImages;
import dev.darkroom.faults.audit.Ledger;
import dev.darkroom.faults.audit.Row;
import dev.darkroom.faults.audit.Table;
import dev.darkroom.faults.billing.Reconciliation;
import dev.darkroom.faults.clients.ClientPlan;
import dev.darkroom.faults.clients.ClientReport;
import dev.darkroom.faults.clients.ClientRun;
import dev.darkroom.faults.receivers.Receivers;
import dev.darkroom.faults.receivers.WebhookChecks;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import dev.darkroom.local.provider.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs many generations on real processes in three phases: with faults of provider and table, kills and new settings;
 * in an outage of the provider that is longer than a generation may last; and after all faults have ended. After that,
 * unmodified clients may make calls. One seed decides the random choices, but processes and network keep their own order.
 */
final class FaultRun {

    private static final Duration LATE = Duration.ofSeconds(3);
    /** Large ones would take most of the processor's time to draw. */
    private static final int IMAGE_PIXELS = 64;

    private static final Owner OWNER = new Owner("faults");

    /** Faults of single calls while processes are killed, with their probabilities. */
    private static final Map<Fault, Double> PASSING = Map.ofEntries(
            Map.entry(Fault.TOO_MANY_REQUESTS, 0.003),
            Map.entry(Fault.SERVER_ERROR, 0.02),
            Map.entry(Fault.ACCEPT_THEN_504, 0.04),
            Map.entry(Fault.ACCEPT_THEN_RESET, 0.02),
            Map.entry(Fault.MALFORMED, 0.02),
            Map.entry(Fault.SLOW, 0.01),
            Map.entry(Fault.RESULT_500, 0.03),
            Map.entry(Fault.RESULT_MALFORMED, 0.02),
            Map.entry(Fault.RESULT_OTHER_ID, 0.01),
            Map.entry(Fault.UNKNOWN_STATUS, 0.02),
            Map.entry(Fault.NO_OUTPUTS, 0.01),
            Map.entry(Fault.HISTORY_500, 0.05),
            Map.entry(Fault.HISTORY_NULL_ITEMS, 0.1),
            Map.entry(Fault.HISTORY_SHORT_PAGES, 0.1),
            Map.entry(Fault.LOST_WEBHOOK, 0.2),
            Map.entry(Fault.DUPLICATE_WEBHOOK, 0.1),
            Map.entry(Fault.FAIL, 0.02),
            Map.entry(Fault.NSFW, 0.02));

    /** Faults of all calls in the outage: no result, no history and no webhook. */
    private static final Map<Fault, Double> OUT =
            Map.of(Fault.RESULT_503, 1.0, Fault.HISTORY_503, 1.0, Fault.LOST_WEBHOOK, 1.0);

    private final Plan plan;
    private final PlatformOptions options;
    private final FaultyTable faultyTable;
    private final FaultyBucket faultyBucket;
    private final Platform platform;
    private final Disturbances disturbances;

    private FaultRun(Plan plan, PlatformOptions options, FaultyTable faultyTable, Platform platform) {
        this.plan = plan;
        this.options = options;
        this.faultyTable = faultyTable;
        this.faultyBucket = new FaultyBucket(plan.seed());
        this.platform = platform;
        this.disturbances = new Disturbances(platform, new Random(plan.seed()));
    }

    static FaultReport run(Path project, Plan plan) throws InterruptedException {
        try (var faultyTable = new FaultyTable(plan.seed())) {
            var options = PlatformOptions.of(project)
                    .withImageTime(Duration.ofMillis(500))
                    .withSeed(plan.seed())
                    .withTick(Duration.ofMillis(500))
                    .withTableThrough(faultyTable::before);
            try (var platform = Platform.start(plan.before().applyTo(options))) {
                var run = new FaultRun(plan, options, faultyTable, platform);
                var report = run.run();
                return plan.clients().isEmpty()
                        ? report
                        : report.with(run.clients(plan.clients().get()));
            }
        }
    }

    private FaultReport run() throws InterruptedException {
        var simulator = platform.simulator();
        simulator.setLate(LATE);
        simulator.setLongSide(IMAGE_PIXELS);
        platform.warmUp(plan.before().killed());
        var caller = caller(Settings.BUDGET);
        var small = smallBudget();
        var mixed = Requests.mixed(plan);
        var accepted = new HashSet<String>();
        try (var table = new Table(platform.tableAddress());
                var receivers = new Receivers(plan.seed(), caller.webhookSecret())) {
            simulator.misbehave(PASSING);
            platform.disturbBucket(faultyBucket);
            var startedAt = Instant.now();
            var withinBudget = small.ask();
            var changedAt = askAndDisturb(caller, mixed, receivers, accepted);
            accepted.addAll(withinBudget.join());
            var disturbed = Stream.concat(mixed.stream(), SmallBudget.requests().stream())
                    .toList();
            var requests = new Requests(disturbed);
            // The faults go on, so that they hit queued submissions as well.
            table.await(rows -> rows.stream()
                    .noneMatch(row -> row.isQueued() && requests.of(row).isHealthy()));
            simulator.misbehave(Map.of());
            faultyTable.calmDown();
            faultyBucket.calmDown();
            var calmAt = Instant.now();
            table.await(rows -> isCalm(rows, requests));

            var outage = new ArrayList<>(askBeforeItIsNoticed(caller, accepted, table));
            var outAt = Instant.now();
            var _ = configure(plan.after().with(Limits.SHORT));
            outage.addAll(askAndBeRefused(caller, accepted));
            // This includes rows that were never sent and rows with a permanent fault, because the short limits end
            // both.
            table.await(rows -> rows.stream().noneMatch(Row::due));
            simulator.misbehave(Map.of());
            configure(plan.after()).join();
            var backAt = Instant.now();
            var after = Requests.afterOutage(plan);
            ask(caller, after, accepted);
            var rows = table.await(all -> all.stream().noneMatch(Row::due));

            var phases = new Phases(startedAt, changedAt, calmAt, outAt, backAt, Instant.now());
            var all = new Requests(
                    Stream.of(disturbed, outage, after).flatMap(List::stream).toList());
            var further = new ArrayList<>(problemsOfMoney(small, rows, phases));
            further.addAll(WebhookChecks.problems(receivers, platform.tableAddress()));
            return report(rows, all, accepted, phases, further, caller);
        }
    }

    private Caller caller(KeyBudget budget) {
        return new Caller(platform.address(), platform.createKey(OWNER, budget).value());
    }

    private SmallBudget smallBudget() {
        var key = platform.createKey(OWNER, SmallBudget.budget());
        return new SmallBudget(
                new Caller(platform.address(), key.value()),
                platform.tableAddress(),
                key.digest().id().value());
    }

    /** After all faults but those of the clients' lines. */
    private ClientReport clients(ClientPlan clients) throws InterruptedException {
        configure(plan.after().with(Limits.OF_CLIENTS)).join();
        return ClientRun.run(options.project(), platform, clients);
    }

    /** Completes when no process has the earlier settings. */
    private CompletableFuture<Void> configure(Settings settings) {
        return platform.reconfigure(settings.applyTo(options));
    }

    /** Every row that must complete has ended or is unconfirmed, and every prediction of the provider is in a row. */
    private boolean isCalm(List<Row> rows, Requests requests) {
        var found = rows.stream().flatMap(row -> row.prediction().stream()).collect(Collectors.toSet());
        return rows.stream()
                        .allMatch(row -> !row.due()
                                || row.isUnconfirmed()
                                || !requests.of(row).mustComplete())
                && found.containsAll(platform.simulator().predictions());
    }

    /**
     * The kills are spread over the requests and not over time, so that a slow machine gets as many for each request.
     */
    private Instant askAndDisturb(Caller caller, List<Request> requests, Receivers receivers, Set<String> accepted)
            throws InterruptedException {
        try (var callers = Executors.newFixedThreadPool(plan.callers())) {
            var ids = requests.stream()
                    .map(request -> callers.submit(() -> ask(caller, request, receivers)))
                    .toList();
            disturb(ids, 1, plan.kills() / 2, plan.before());
            awaitDone(ids, requests.size() / 2);
            var changedAt = Instant.now();
            // The processes with the earlier settings are still at work.
            var _ = configure(plan.after());
            disturb(ids, plan.kills() / 2 + 1, plan.kills(), plan.after());
            ids.stream().map(FaultRun::result).forEach(accepted::add);
            return changedAt;
        }
    }

    private static String ask(Caller caller, Request request, Receivers receivers) throws InterruptedException {
        var id = caller.ask(request.key(), request.prompt(), request.images(), receivers.of(request.key()));
        return receivers.accepted(request.key(), id);
    }

    private void disturb(List<Future<String>> ids, int firstKill, int lastKill, Settings settings)
            throws InterruptedException {
        for (int kill = firstKill; kill <= lastKill; kill++) {
            awaitDone(ids, (int) ((long) ids.size() * kill / (plan.kills() + 1)));
            disturbances.kill(settings.killed());
        }
    }

    private static void awaitDone(List<Future<String>> ids, int count) throws InterruptedException {
        while (ids.stream().filter(Future::isDone).count() < count) {
            Thread.sleep(5);
        }
    }

    /** The provider accepts submissions, but gives no result, no history and no webhook. */
    private List<Request> askBeforeItIsNoticed(Caller caller, Set<String> accepted, Table table)
            throws InterruptedException {
        platform.simulator().misbehave(OUT);
        var sent = new ArrayList<>(Requests.inOutage(plan, Optional.empty()));
        sent.addAll(Requests.inOutage(plan, Optional.of(Fault.ACCEPT_THEN_504)));
        ask(caller, sent, accepted);
        var requests = new Requests(sent);
        table.await(rows -> rows.stream().noneMatch(row -> row.isQueued() && requests.has(row)));
        return List.copyOf(sent);
    }

    private List<Request> askAndBeRefused(Caller caller, Set<String> accepted) throws InterruptedException {
        var refusing = new HashMap<>(OUT);
        refusing.put(Fault.TOO_MANY_REQUESTS, 1.0);
        platform.simulator().misbehave(refusing);
        var refused = Requests.inOutage(plan, Optional.of(Fault.TOO_MANY_REQUESTS));
        ask(caller, refused, accepted);
        return refused;
    }

    private void ask(Caller caller, List<Request> requests, Set<String> accepted) throws InterruptedException {
        try (var callers = Executors.newFixedThreadPool(plan.callers())) {
            var ids = requests.stream()
                    .map(request -> callers.submit(() -> caller.ask(request.key(), request.prompt(), request.images())))
                    .toList();
            ids.stream().map(FaultRun::result).forEach(accepted::add);
        }
    }

    static <T> T result(Future<T> id) {
        try {
            return id.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a request was not answered", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private List<String> problemsOfMoney(SmallBudget small, List<Row> rows, Phases phases) {
        var problems = new ArrayList<>(small.problems());
        problems.addAll(Reconciliation.problems(platform, rows, phases.startedAt(), _ -> true));
        problems.addAll(
                Ledger.of(platform.tableAddress()).problems(platform.simulator().billedMicroDollars()));
        return problems;
    }

    private FaultReport report(
            List<Row> rows,
            Requests requests,
            Set<String> accepted,
            Phases phases,
            List<String> further,
            Caller caller) {
        var simulator = platform.simulator();
        var images = KeptImages.of(platform.bucketFolder(), rows, simulator);
        var problems = new ArrayList<>(new Checks(rows, requests, simulator).problems(accepted, phases));
        var problemsOfImages = Stream.of(images.problems(rows), images.problemsOfLinks(caller::links))
                .flatMap(List::stream)
                .toList();
        problems.addAll(problemsOfImages);
        problems.addAll(further);
        return new FaultReport(
                plan,
                phases,
                disturbances.killed(),
                disturbances.killedAtWork(),
                disturbances.jumps(),
                caller.answers(),
                simulator.posts(),
                simulator.predictions().size(),
                simulator.faultsMet(),
                faultyTable.met(),
                faultyBucket.met(),
                new FaultReport.Images(images.expected().size(), problemsOfImages.size()),
                FaultReport.Endings.of(rows, requests),
                phases.visibility(rows, requests, simulator),
                Optional.empty(),
                List.copyOf(problems));
    }
}
