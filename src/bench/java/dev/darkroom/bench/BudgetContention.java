package dev.darkroom.bench;

import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.report.Samples;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.GenerationStore.Creation;
import dev.darkroom.dynamodb.DynamoDbBudgets;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.local.table.DynamoDbLocal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Measures how many requests a second one counter accepts: that of the whole deployment, which every request changes in
 * the transaction that stores it. None of them may be refused.
 */
final class BudgetContention {

    private record Config(String name, int shards, Duration retention) implements TableConfig {}

    private static final TableConfig CONFIG = new Config("budget", 1, Duration.ofDays(30));
    private static final Money PRICE = new Money(40_000);

    /** In all, so that the window does not end during the measurement. */
    private static final SpendLimit LIMIT =
            new SpendLimit(BudgetScope.DEPLOYMENT, BudgetPeriod.TOTAL, new Money(1_000_000_000_000L));

    private final InstantSource clock = Clock.tickMillis(ZoneOffset.UTC);
    private final Path project;

    BudgetContention(Path project) {
        this.project = project;
    }

    void run(Report report, BenchmarkPlan.Load load) throws InterruptedException {
        report.section("counter of a budget", """
            Rows that are created with a price for %d s at each rate, under the limit of the deployment, by %d threads of this
            process on DynamoDB Local. The wait for a thread counts.""".formatted(load.seconds(), load.processes()));
        try (var local = DynamoDbLocal.start(project)) {
            local.createTable(project, CONFIG.name());
            try (var client = DynamoDbLocal.client(local.address())) {
                var store = new DynamoDbGenerationStore(client, CONFIG, clock);
                var budgets = new DynamoDbBudgets(client, CONFIG);
                for (var rate : load.rates()) {
                    long before = committed(budgets);
                    int accepted = measure(report, store, rate, load);
                    requireCommitted(committed(budgets) - before, accepted);
                }
            }
        }
    }

    private long committed(DynamoDbBudgets budgets) {
        return budgets.use(LIMIT.windowAt(clock.instant())).committed().microDollars();
    }

    private static void requireCommitted(long micros, int accepted) {
        if (micros != PRICE.times(accepted).microDollars()) {
            throw new IllegalStateException(
                    "%d micro-dollars are held for %d requests of %s dollars".formatted(micros, accepted, PRICE));
        }
    }

    private int measure(Report report, GenerationStore store, int rate, BenchmarkPlan.Load load)
            throws InterruptedException {
        int count = rate * load.seconds();
        var requests = new ArrayList<Future<OptionalLong>>();
        long beganAt = System.nanoTime();
        try (var callers = Executors.newFixedThreadPool(load.processes())) {
            for (int i = 0; i < count; i++) {
                long at = beganAt + i * TimeUnit.SECONDS.toNanos(1) / rate;
                TimeUnit.NANOSECONDS.sleep(at - System.nanoTime());
                requests.add(callers.submit(() -> create(store, at)));
            }
        }
        double elapsed = (System.nanoTime() - beganAt) / 1e9;
        var times = samples(requests);
        report.row("%d a second: accepted after".formatted(rate), "ms", times);
        report.row("%d a second: accepted".formatted(rate), "1/s", Samples.of(times.count() / elapsed));
        report.atMost(
                "requests that are not accepted, at %d a second on one counter".formatted(rate),
                OptionalDouble.of(count - times.count()),
                0);
        return times.count();
    }

    /** The nanoseconds from {@code since} until the row is stored; empty when it is not. */
    private OptionalLong create(GenerationStore store, long since) {
        var now = clock.instant();
        var request = new GenerationRequest(new ModelId("acme/one"), new ProviderId("acme"), "{\"prompt\":\"a cat\"}");
        var id = new GenerationId(UUID.randomUUID().toString().replace("-", ""));
        var row = Generation.queued(id, new Owner("acme"), request, now, 1)
                .costing(Cost.held(PRICE, 1, List.of(LIMIT.windowAt(now)), 1));
        try {
            return store.create(row, List.of(LIMIT)) instanceof Creation.Created
                    ? OptionalLong.of(System.nanoTime() - since)
                    : OptionalLong.empty();
        } catch (StoreUnavailableException _) {
            return OptionalLong.empty();
        }
    }

    private static Samples samples(List<Future<OptionalLong>> requests) throws InterruptedException {
        var samples = new Samples();
        for (var request : requests) {
            try {
                request.get().ifPresent(samples::addMillis);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a request failed: " + e.getCause(), e);
            }
        }
        return samples;
    }
}
