package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.usage.UsageCount;
import dev.darkroom.core.usage.UsageCounters;
import dev.darkroom.core.usage.UsageEntry;
import dev.darkroom.core.usage.UsageGroup;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of every {@link UsageCounters}: the writes of the store count, by the name {@code project} as well. */
abstract class UsageCountersContract {

    static final LocalDate DAY = LocalDate.parse("2026-11-26");
    static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private static final ApiKeyId KEY = new ApiKeyId("00000000000000aa");
    private static final ModelId MODEL = new ModelId("acme/one");

    /** Another one in each test, because all share a table. */
    private final Owner owner = new Owner("o" + unique());

    private final SpendLimit limit =
            new SpendLimit(BudgetScope.shared("u" + unique()), BudgetPeriod.DAY, new Money(1_000_000_000));

    abstract GenerationStore store();

    abstract UsageCounters usage();

    @Test
    void anOwnerWithoutGenerationsHasUsedNothing() {
        assertThat(own()).isEmpty();
    }

    @Test
    void theWriteThatSettlesARowCountsIt() {
        settle(held(Map.of()));

        assertThat(own())
                .containsExactly(new UsageEntry(
                        new UsageGroup(DAY, owner, Optional.of(KEY), MODEL, Map.of()), new UsageCount(1, 1, 0, 0)));
    }

    @Test
    void rowsOfAGroupAreCountedTogether() {
        settle(held(Map.of("project", "blue")));
        settle(held(Map.of("project", "blue", "order", "1")));
        settle(held(Map.of("project", "green")));

        assertThat(own())
                .extracting(
                        entry -> entry.group().metadata(),
                        entry -> entry.count().generations())
                .containsExactlyInAnyOrder(tuple(Map.of("project", "blue"), 2L), tuple(Map.of("project", "green"), 1L));
    }

    @Test
    void rowsThatAreWrittenTogetherAreCountedTogether() {
        var first = held(Map.of());
        var second = held(Map.of());

        assertThat(store().writeAll(List.of(first.cancelled(NOON), second.cancelled(NOON))))
                .isTrue();

        assertThat(own()).extracting(UsageEntry::count).containsExactly(new UsageCount(2, 2, 0, 0));
    }

    @Test
    void aWriteThatLosesCountsNothing() {
        var row = held(Map.of());
        settle(row);

        assertThat(store().update(row.cancelled(NOON.plusSeconds(1))))
                .isInstanceOf(GenerationStore.Update.Conflict.class);

        assertThat(own()).extracting(UsageEntry::count).containsExactly(new UsageCount(1, 1, 0, 0));
    }

    @Test
    void aWriteThatIsRepeatedCountsOnce() {
        var settled = held(Map.of()).cancelled(NOON);
        store().update(settled);

        assertThat(store().update(settled)).isEqualTo(new GenerationStore.Update.Written());

        assertThat(own()).extracting(UsageEntry::count).containsExactly(new UsageCount(1, 1, 0, 0));
    }

    @Test
    void aCorrectionByTheBillIsCounted() {
        var settled = held(Map.of()).cancelled(NOON);
        store().update(settled);

        store().update(settled.billed(new Money(40_000)));

        assertThat(own()).extracting(UsageEntry::count).containsExactly(new UsageCount(1, 1, 0, 40_000));
    }

    @Test
    void otherOwnersAreSeenOnlyWithoutAnOwner() {
        settle(held(Map.of()));
        var all = usage().of(DAY, Optional.empty());

        assertThat(all).extracting(entry -> entry.group().owner()).contains(owner);
        assertThat(usage().of(DAY, Optional.of(new Owner("p" + unique())))).isEmpty();
        assertThat(usage().of(DAY.plusDays(1), Optional.of(owner))).isEmpty();
    }

    private void settle(Generation row) {
        assertThat(store().update(row.cancelled(NOON))).isEqualTo(new GenerationStore.Update.Written());
    }

    final Generation held(Map<String, String> metadata) {
        var request = new GenerationRequest(
                        MODEL, new ProviderId("acme"), "{\"prompt\":\"a cat\"}", 1, new Metadata(metadata))
                .sentWith(KEY);
        var row = Generation.queued(new GenerationId(unique()), owner, request, NOON, 1)
                .costing(Cost.held(new Money(40_000), 1, List.of(limit.windowAt(NOON)), 1));
        store().create(row, List.of(limit));
        return row;
    }

    private List<UsageEntry> own() {
        return usage().of(DAY, Optional.of(owner));
    }

    static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
