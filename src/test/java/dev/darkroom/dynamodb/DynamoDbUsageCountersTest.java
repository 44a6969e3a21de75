package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.InMemoryUsageCounters;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Attempt;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.usage.CountedNames;
import dev.darkroom.core.usage.GroupBy;
import dev.darkroom.core.usage.ReadUsage;
import dev.darkroom.core.usage.ReadUsage.Question;
import dev.darkroom.core.usage.UsageCount;
import dev.darkroom.core.usage.UsageCounters;
import dev.darkroom.core.usage.UsageEntry;
import dev.darkroom.core.usage.UsageGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(TestTable.class)
class DynamoDbUsageCountersTest extends UsageCountersContract {

    private static final LocalDate FIRST = LocalDate.parse("2025-11-15");
    private static final int DAYS = 90;
    private static final int GENERATIONS = 100_000;
    private static final ApiKeyId KEY = new ApiKeyId("00000000000000aa");

    private final DynamoDbClient client;
    private final GenerationStore store;
    private final UsageCounters usage;

    DynamoDbUsageCountersTest(DynamoDbClient client) {
        this.client = client;
        this.store = new DynamoDbGenerationStore(
                client, TestTable.CONFIG, InstantSource.fixed(NOON), InMemoryUsageCounters.NAMES);
        this.usage = new DynamoDbUsageCounters(client, TestTable.CONFIG);
    }

    @Override
    GenerationStore store() {
        return store;
    }

    @Override
    UsageCounters usage() {
        return usage;
    }

    /** Ninety days of one group are ninety pages of the index and ninety items, however many generations they have. */
    @Test
    void theUsageOfAHundredThousandGenerationsIsOnePageForEachDayAndTheSumOfTheLedger() {
        var owner = new Owner("o" + unique());
        long charged = 0;
        for (int from = 0; from < GENERATIONS; from += 1_000) {
            var rows = IntStream.range(from, from + 1_000)
                    .mapToObj(number -> ended(owner, number))
                    .toList();
            count(rows);
            charged += chargedMicros(rows);
        }

        try (var reads = new CountedPages(client)) {
            var report = new ReadUsage(new DynamoDbUsageCounters(reads.client(), TestTable.CONFIG), CountedNames.NONE)
                    .read(new Question(FIRST, FIRST.plusDays(DAYS - 1), new GroupBy.Day(), Optional.of(owner)));

            assertThat(report.total()).isEqualTo(new UsageCount(GENERATIONS, 10_000, 90_000, charged));
            assertThat(report.lines()).hasSize(DAYS);
            assertThat(reads.queries()).isEqualTo(DAYS);
            assertThat(reads.batches()).isEqualTo(DAYS);
        }
    }

    /** Every tenth was cancelled; the others have an image each, at one of four prices. */
    private static Generation ended(Owner owner, int number) {
        var acceptedAt = FIRST.atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .plus(Duration.ofDays(DAYS).dividedBy(GENERATIONS).multipliedBy(number));
        var limit = new SpendLimit(BudgetScope.ofKey(KEY.value()), BudgetPeriod.MONTH, new Money(1_000_000_000));
        var request = new GenerationRequest(new ModelId("acme/one"), new ProviderId("acme"), "{}", 1, Metadata.NONE)
                .sentWith(KEY);
        var row = Generation.queued(new GenerationId("%032x".formatted(number)), owner, request, acceptedAt, 1)
                .costing(Cost.held(new Money(40_000 + number % 4), 1, List.of(limit.windowAt(acceptedAt)), 1));
        return number % 10 == 0 ? row.cancelled(acceptedAt) : completed(row, acceptedAt);
    }

    private static Generation completed(Generation row, Instant now) {
        var attempt = new Attempt("claim", now, "acme/one");
        return row.claimed(new State.Submitting(attempt, now.plusSeconds(30)), now)
                .submitted(new PredictionId("p"), now, now)
                .completed(new State.Completed(
                        new PredictionId("p"),
                        List.of(new Output("https://example.org/1.png", false)),
                        Duration.ZERO,
                        now));
    }

    /** What the writes of these rows count; a transaction for each row would take minutes. */
    private void count(List<Generation> rows) {
        var parts = new UsageParts(TestTable.CONFIG.name(), CountedNames.NONE).of(rows);
        client.transactWriteItems(write -> write.transactItems(parts));
    }

    private static long chargedMicros(List<Generation> rows) {
        return rows.stream()
                .flatMap(row -> row.knownCost().stream())
                .mapToLong(cost -> cost.charged().microDollars())
                .sum();
    }

    @Test
    void aCounterThatIsNoNumberHidesNoOther() {
        var owner = new Owner("o" + unique());
        var broken = counted(owner, "acme/broken");
        var whole = counted(owner, "acme/whole");
        spoil(broken);

        assertThat(usage.of(DAY, Optional.of(owner))).containsExactly(whole);
    }

    /** Usage is for reports; the image is what was paid for. */
    @Test
    void aCounterThatIsNoNumberHoldsUpNoRow() {
        var first = held(Map.of()).cancelled(NOON);
        store.update(first);
        spoil(usage.of(DAY, Optional.of(first.owner())).getFirst());
        var second = held(Map.of()).cancelled(NOON);

        assertThat(store.update(second)).isEqualTo(new GenerationStore.Update.Written());

        assertThat(store.find(second.id())).contains(second);
    }

    private UsageEntry counted(Owner owner, String model) {
        var group = new UsageGroup(DAY, owner, Optional.empty(), new ModelId(model), Map.of());
        var entry = new UsageEntry(group, new UsageCount(1, 0, 1, 40_000));
        count(entry);
        return entry;
    }

    private void spoil(UsageEntry entry) {
        client.updateItem(update -> update.tableName(TestTable.CONFIG.name())
                .key(UsageItem.key(entry.group()))
                .updateExpression("SET charged = :text")
                .expressionAttributeValues(Map.of(":text", AttributeValue.fromS("many"))));
    }

    /** More than the hundred items that are read at once. */
    @Test
    void aDayOfManyGroupsIsRead() {
        var owner = new Owner("o" + unique());
        for (int model = 0; model < 250; model++) {
            var group = new UsageGroup(DAY, owner, Optional.empty(), new ModelId("acme/m" + model), Map.of());
            count(new UsageEntry(group, new UsageCount(1, 0, 1, 40_000)));
        }

        assertThat(usage.of(DAY, Optional.of(owner))).hasSize(250);
    }

    /** A name of metadata with many values is slow for its owner alone. */
    @Test
    void anOwnerReadsNoEntryOfAnother() {
        var owner = new Owner("o" + unique());
        var another = new Owner("p" + unique());
        var counted = counted(owner, "acme/one");
        for (int model = 0; model < 20; model++) {
            counted(another, "acme/m" + model);
        }

        try (var reads = new CountedPages(client)) {
            var found = new DynamoDbUsageCounters(reads.client(), TestTable.CONFIG).of(DAY, Optional.of(owner));

            assertThat(found).containsExactly(counted);
            assertThat(reads.entries()).isEqualTo(1);
        }
    }

    @Test
    void daysThatAreReadSideBySideAreTheSameReport() {
        var owner = new Owner("o" + unique());
        for (int day = 0; day < 20; day++) {
            var group = new UsageGroup(FIRST.plusDays(day), owner, Optional.empty(), new ModelId("acme/one"), Map.of());
            count(new UsageEntry(group, new UsageCount(1, 0, 1, 40_000)));
        }
        var question = new Question(FIRST, FIRST.plusDays(19), new GroupBy.Day(), Optional.of(owner));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var report = new ReadUsage(usage, CountedNames.NONE, threads).read(question);

            assertThat(report).isEqualTo(new ReadUsage(usage, CountedNames.NONE).read(question));
            assertThat(report.lines()).hasSize(20);
        }
    }

    private void count(UsageEntry entry) {
        client.transactWriteItems(
                write -> write.transactItems(List.of(UsageItem.adding(TestTable.CONFIG.name(), entry))));
    }
}
