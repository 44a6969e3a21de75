package dev.darkroom.faults.billing;

import static java.util.Objects.requireNonNull;

import dev.darkroom.core.billing.BillReport;
import dev.darkroom.core.billing.Difference;
import dev.darkroom.core.billing.ReconcileBill;
import dev.darkroom.core.billing.StoredLedger;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.dynamodb.DynamoDbApiKeys;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.DynamoDbOwnerIndex;
import dev.darkroom.dynamodb.DynamoDbUsageCounters;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.faults.audit.Ledger;
import dev.darkroom.faults.audit.Row;
import dev.darkroom.local.Platform;
import dev.darkroom.local.provider.ProviderSimulator;
import dev.darkroom.local.table.DynamoDbLocal;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Settles what is unconfirmed after a run, as production does: by the provider's bill, read as if three days had passed,
 * and by an operator, who finds the predictions of the remaining rows at the provider ({@code make settle}).
 */
public final class Reconciliation {

    private record Config(String name, int shards, Duration retention) implements TableConfig {}

    /** The provider's clock is never farther ahead. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

    private static final InstantSource DAYS_LATER =
            InstantSource.offset(InstantSource.system(), Duration.ofDays(ReconcileBill.DAYS_AGO));

    private final Platform platform;
    private final GenerationStore store;
    private final StoredLedger ledger;
    private final ReconcileBill reconcile;
    private final List<String> problems = new ArrayList<>();

    private Reconciliation(Platform platform, DynamoDbClient client, HttpClient http) {
        var config = new Config(Platform.TABLE, 1, Duration.ofDays(30));
        this.platform = platform;
        this.store = new DynamoDbGenerationStore(client, config, InstantSource.system());
        this.ledger = StoredLedger.ofAll(
                store,
                new DynamoDbOwnerIndex(client, config),
                new DynamoDbUsageCounters(client, config),
                new DynamoDbApiKeys(client, config));
        var bill = new SimulatorBill(simulator().address(), http);
        this.reconcile = new ReconcileBill(List.of(bill), ledger, _ -> {}, DAYS_LATER);
    }

    /**
     * Settles the rows, and returns what bill and ledger still say differently.
     *
     * @param rows all of the table, which have ended
     * @param from when the first of them was requested
     * @param prompts those that are compared: what an operator has settled before is still unknown to the bill
     */
    public static List<String> problems(Platform platform, List<Row> rows, Instant from, Predicate<String> prompts) {
        try (var client = DynamoDbLocal.client(platform.tableAddress());
                var http = HttpClient.newHttpClient()) {
            var reconciliation = new Reconciliation(platform, client, http);
            reconciliation.run(rows, from, prompts);
            return List.copyOf(reconciliation.problems);
        }
    }

    private void run(List<Row> rows, Instant from, Predicate<String> prompts) {
        var unknown = new ArrayList<Difference>();
        var last = day(Instant.now().plus(CLOCKS_DIFFER));
        for (var day = day(from); !day.isAfter(last); day = day.plusDays(1)) {
            for (var report : reconcile.reconcile(day, Instant.MAX)) {
                unknown.addAll(unknown(report));
            }
        }
        unknown.removeIf(difference -> !prompts.test(prompt(difference)));
        operate(rows, unknown);
        unknown.stream().map("is billed, and no row has it: %s"::formatted).forEach(problems::add);
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** The predictions that only the bill has; every other difference is a problem. */
    private List<Difference> unknown(BillReport report) {
        if (!report.isComplete()) {
            problems.add("the bill was not compared in full: " + report.problem());
        }
        report.differences().stream()
                .filter(difference -> difference.kind() != Difference.Kind.UNKNOWN)
                .map("bill and ledger differ: %s"::formatted)
                .forEach(problems::add);
        return report.differences().stream()
                .filter(difference -> difference.kind() == Difference.Kind.UNKNOWN)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Removes from {@code unknown} the predictions that belong to a row. */
    private void operate(List<Row> rows, List<Difference> unknown) {
        var byId = rows.stream().collect(Collectors.toMap(Row::id, Function.identity()));
        for (var id : Ledger.of(platform.tableAddress()).unconfirmed()) {
            var prompt = requireNonNull(byId.get(id)).prompt();
            var found = unknown.stream()
                    .filter(difference -> prompt(difference).equals(prompt))
                    .findFirst();
            found.ifPresent(unknown::remove);
            settle(
                    new GenerationId(id),
                    found.map(bill -> new Money(bill.billMicros())).orElse(Money.ZERO));
        }
    }

    private void settle(GenerationId id, Money amount) {
        store.find(id).flatMap(Generation::knownCost).ifPresent(cost -> ledger.settle(id, cost, amount));
    }

    private String prompt(Difference difference) {
        return simulator().prompt(difference.prediction().value());
    }

    private ProviderSimulator simulator() {
        return platform.simulator();
    }
}
