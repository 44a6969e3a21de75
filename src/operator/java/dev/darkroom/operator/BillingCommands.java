package dev.darkroom.operator;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.billing.BillReport;
import dev.darkroom.core.billing.Difference;
import dev.darkroom.core.billing.ProviderBill;
import dev.darkroom.core.billing.ReconcileBill;
import dev.darkroom.core.billing.StoredLedger;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.usage.CountedNames;
import dev.darkroom.core.usage.GroupBy;
import dev.darkroom.core.usage.ReadUsage;
import dev.darkroom.core.usage.ReadUsage.Question;
import dev.darkroom.dynamodb.DynamoDbApiKeys;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.DynamoDbOwnerIndex;
import dev.darkroom.dynamodb.DynamoDbUsageCounters;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.http.usage.UsageView;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@code make usage}, and {@code make reconcile}, which compares the provider's bill with the ledger. */
final class BillingCommands {

    private final DynamoDbClient client;
    private final TableConfig config;
    private final InstantSource clock;
    private final PrintStream out;
    private final PrintStream notes;

    BillingCommands(
            DynamoDbClient client, TableConfig config, InstantSource clock, PrintStream out, PrintStream notes) {
        this.client = client;
        this.config = config;
        this.clock = clock;
        this.out = out;
        this.notes = notes;
    }

    /** Prints CSV. Without a first day the report begins with the month, without a last one it ends today (UTC). */
    void usage(String from, String until, String groupBy, String owner) {
        var today = today();
        var first = day("FROM", from).orElse(today.withDayOfMonth(1));
        var last = day("UNTIL", until).orElse(today);
        var group = groupBy.isBlank() ? "day" : groupBy;
        var parsed = GroupBy.parse(group)
                .orElseThrow(() -> new OperatorException(
                        "GROUP_BY must be day, owner, key, model, or metadata. and a name, not " + group));
        if (!Question.isValid(first, last)) {
            throw new OperatorException("UNTIL must be the day in FROM or up to 99 days later");
        }
        var report = new ReadUsage(new DynamoDbUsageCounters(client, config), CountedNames.NONE)
                .read(new Question(first, last, parsed, owner(owner)));
        out.print(UsageView.csv(group, report));
        notes.printf(
                "From %s to %s: %d generations, %d images, %s dollars.%n",
                first,
                last,
                report.total().generations(),
                report.total().images(),
                dollars(report.total().chargedMicros()));
    }

    private static Optional<Owner> owner(String name) {
        return name.isBlank()
                ? Optional.empty()
                : Optional.of(Owner.parse(name)
                        .orElseThrow(() -> new OperatorException("OWNER must be the owner of keys, not " + name)));
    }

    /** Prints each difference. Without a day it is the one that the schedule would compare now. */
    void reconcile(String text, ProviderBill bill) {
        var ledger = StoredLedger.ofAll(
                new DynamoDbGenerationStore(client, config, clock),
                new DynamoDbOwnerIndex(client, config),
                new DynamoDbUsageCounters(client, config),
                new DynamoDbApiKeys(client, config));
        var reconcile = new ReconcileBill(List.of(bill), ledger, _ -> {}, clock);
        var day = day("DAY", text).orElseGet(reconcile::dueDay);
        if (day.isAfter(today())) {
            throw new OperatorException("DAY must not be in the future: today is " + today());
        }
        if (day.isBefore(today().minusDays(ReconcileBill.MAX_DAYS_AGO))) {
            throw new OperatorException(
                    "DAY must be one of the last %d days, because the table forgets which row owns a prediction"
                            .formatted(ReconcileBill.MAX_DAYS_AGO));
        }
        for (var report : reconcile.reconcile(day, Instant.MAX)) {
            report.differences().forEach(difference -> out.println(line(difference)));
            report.undecided().rows().forEach(row -> out.println("UNDECIDED     row %s".formatted(row)));
            print(report);
        }
    }

    private static String line(Difference difference) {
        return "%-12s  prediction %s  row %s  ledger %s  bill %s"
                .formatted(
                        difference.kind(),
                        difference.prediction(),
                        difference.row().map(GenerationId::value).orElse("-"),
                        dollars(difference.ledgerMicros()),
                        dollars(difference.billMicros()));
    }

    private void print(BillReport report) {
        notes.printf(
                "%s, %s: %d predictions on the bill, %d differences, %d rows settled; bill and ledger differ by %s dollars.%n",
                report.provider(),
                report.day(),
                report.billed(),
                report.differences().size(),
                report.settled(),
                dollars(report.driftMicros()));
        if (!report.undecided().rows().isEmpty()) {
            notes.printf(
                    "%d rows without a prediction stay unconfirmed: %s (see make settle).%n",
                    report.undecided().rows().size(), report.undecided().reason());
        }
        if (report.unpriced() > 0) {
            notes.printf("%d predictions are of rows without a price and not compared.%n", report.unpriced());
        }
        if (report.unreadable() > 0) {
            notes.printf("%d entries of the bill cannot be read.%n", report.unreadable());
        }
        if (!report.isComplete()) {
            throw new OperatorException("the comparison is not complete: " + report.problem());
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static Optional<LocalDate> day(String variable, String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeException _) {
            throw new OperatorException("%s must be a day such as 2026-11-23, not %s".formatted(variable, text));
        }
    }

    private static String dollars(long micros) {
        return Money.sixDecimals(micros).toPlainString();
    }
}
