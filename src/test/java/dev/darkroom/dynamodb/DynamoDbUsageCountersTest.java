package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.InMemoryUsageCounters;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.usage.CountedNames;
import dev.darkroom.core.usage.GroupBy;
import dev.darkroom.core.usage.ReadUsage;
import dev.darkroom.core.usage.ReadUsage.Question;
import dev.darkroom.core.usage.UsageCount;
import dev.darkroom.core.usage.UsageCounters;
import dev.darkroom.core.usage.UsageEntry;
import dev.darkroom.core.usage.UsageGroup;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(TestTable.class)
class DynamoDbUsageCountersTest extends UsageCountersContract {

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

    /** 99,990 generations in 90 days are 90 items, and 90 pages of the index. */
    @Test
    void ninetyDaysOfAThousandGenerationsEachAreRead() {
        var owner = new Owner("o" + unique());
        var first = LocalDate.parse("2026-01-01");
        for (int day = 0; day < 90; day++) {
            var group = new UsageGroup(
                    first.plusDays(day),
                    owner,
                    Optional.of(new ApiKeyId("00000000000000aa")),
                    new ModelId("acme/one"),
                    Map.of());
            count(new UsageEntry(group, new UsageCount(1_111, 11, 1_100, 44_000_000)));
        }

        var report = new ReadUsage(usage, CountedNames.NONE)
                .read(new Question(first, first.plusDays(89), new GroupBy.Model(), Optional.of(owner)));

        assertThat(report.total()).isEqualTo(new UsageCount(99_990, 990, 99_000, 90 * 44_000_000L));
        assertThat(report.lines()).hasSize(1);
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

    private void count(UsageEntry entry) {
        client.transactWriteItems(
                write -> write.transactItems(List.of(UsageItem.adding(TestTable.CONFIG.name(), entry))));
    }
}
