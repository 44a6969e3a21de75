package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.OwnerIndex;
import dev.darkroom.core.store.OwnerIndex.Entry;
import dev.darkroom.core.store.OwnerIndex.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every {@link OwnerIndex}. */
abstract class OwnerIndexContract {

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");

    private static final int MANY = 1000;

    /** Another one in each test, because all share a table. */
    private final Owner owner = new Owner("o" + unique());

    abstract GenerationStore store();

    abstract OwnerIndex index();

    @Test
    void theNewestIsListedFirst() {
        var middle = stored(NOW.plusMillis(1));
        var oldest = stored(NOW);
        var newest = stored(NOW.plusMillis(2));

        assertThat(all()).containsExactly(entry(newest), entry(middle), entry(oldest));
    }

    @Test
    void onlyTheOwnersRowsAreListed() {
        var own = stored(NOW);
        store().create(row(new Owner("p" + unique()), NOW));

        assertThat(all()).containsExactly(entry(own));
    }

    @Test
    void anOwnerWithoutRowsHasNoEntries() {
        assertThat(all()).isEmpty();
    }

    @Test
    void noMoreEntriesAreListedThanAskedFor() {
        var newest = stored(NOW.plusMillis(1));
        stored(NOW);

        assertThat(index().entries(owner, Span.ALL, Optional.empty(), 1)).containsExactly(entry(newest));
    }

    @Test
    void bothEndsBelongToTheSpan() {
        var rows =
                IntStream.range(0, 5).mapToObj(i -> stored(NOW.plusMillis(i))).toList();

        var listed = index().entries(owner, new Span(NOW.plusMillis(1), NOW.plusMillis(3)), Optional.empty(), MANY);

        assertThat(listed).containsExactly(entry(rows.get(3)), entry(rows.get(2)), entry(rows.get(1)));
    }

    @Test
    void aSpanThatEndsBeforeItsBeginningHasNoEntries() {
        stored(NOW);

        assertThat(index().entries(owner, new Span(NOW.plusMillis(1), NOW), Optional.empty(), MANY))
                .isEmpty();
    }

    /** Three rows of the same millisecond, twice. */
    @Test
    void aListGoesOnAfterEachOfItsEntries() {
        IntStream.range(0, 6).forEach(i -> stored(NOW.plusMillis(i / 3)));
        var whole = all();

        assertThat(pages(2)).containsExactlyElementsOf(whole).hasSize(6);
        assertThat(pages(1)).containsExactlyElementsOf(whole);
    }

    @Test
    void rowsThatAreAddedDoNotMoveTheRest() {
        IntStream.range(0, 4).forEach(i -> stored(NOW.plusMillis(i)));
        var whole = all();
        var first = index().entries(owner, Span.ALL, Optional.empty(), 2);

        stored(NOW.plusMillis(9));

        assertThat(index().entries(owner, Span.ALL, Optional.of(first.getLast()), MANY))
                .containsExactlyElementsOf(whole.subList(2, 4));
    }

    @Test
    void aListGoesOnAfterAnEntryThatIsGone() {
        var rows =
                IntStream.range(0, 3).mapToObj(i -> stored(NOW.plusMillis(i))).toList();
        var last = entry(rows.get(1));

        delete(rows.get(1));

        assertThat(index().entries(owner, Span.ALL, Optional.of(last), MANY)).containsExactly(entry(rows.get(0)));
    }

    @Test
    void aListMayGoOnFromOutsideOfItsSpan() {
        var row = stored(NOW);
        var later = new Entry(NOW.plusMillis(9), new GenerationId(unique()));
        var earlier = new Entry(NOW.minusMillis(9), new GenerationId(unique()));
        var span = new Span(NOW, NOW);

        assertThat(index().entries(owner, span, Optional.of(later), MANY)).containsExactly(entry(row));
        assertThat(index().entries(owner, span, Optional.of(earlier), MANY)).isEmpty();
        assertThat(index().skip(owner, span, Optional.of(later), 1)).contains(entry(row));
        assertThat(index().skip(owner, span, Optional.of(earlier), 1)).isEmpty();
    }

    @Test
    void theLastOfTheSkippedEntriesIsNamed() {
        IntStream.range(0, 5).forEach(i -> stored(NOW.plusMillis(i)));
        var whole = all();

        assertThat(index().skip(owner, Span.ALL, Optional.empty(), 3)).contains(whole.get(2));
        assertThat(index().skip(owner, Span.ALL, Optional.of(whole.get(0)), 3)).contains(whole.get(3));
    }

    @Test
    void noMoreEntriesCanBeSkippedThanThereAre() {
        stored(NOW);

        assertThat(index().skip(owner, Span.ALL, Optional.empty(), 2)).isEmpty();
    }

    @Test
    void aCopyIsNotListed() {
        var row = stored(NOW);
        store().create(row.copy(1, 1));

        assertThat(all()).containsExactly(entry(row));
    }

    @Test
    void aCopyThatIsStoredAsCancelledIsNotListed() {
        var row = stored(NOW);
        store().writeAll(List.of(row.cancelled(NOW), row.cancelledCopy(1, NOW)));

        assertThat(all()).containsExactly(entry(row));
    }

    @Test
    void aDeletedRowIsNoLongerListed() {
        var row = stored(NOW);
        var other = stored(NOW.plusMillis(1));

        delete(row);

        assertThat(all()).containsExactly(entry(other));
    }

    @Test
    void aDeletedRowThatMayBeBilledIsListedUntilItsCostIsSettled() {
        var row = row(owner, NOW).costing(Cost.held(new Money(40_000), 1, List.of(), 1));
        store().create(row);
        var sent = row.claimed(TestClaims.claim("c1", NOW), NOW.plusSeconds(30));
        store().update(sent);

        delete(sent);
        assertThat(all()).containsExactly(entry(row));

        store().update(store().find(row.id()).orElseThrow().billed(Money.ZERO));
        assertThat(all()).isEmpty();
    }

    /** The row of its request, which is deleted with it, may be settled before. */
    @Test
    void aDeletedCopyThatMayBeBilledIsListedUntilItsCostIsSettled() {
        var request =
                new GenerationRequest(new ModelId("vendor/model"), new ProviderId("vendor"), "{}", 2, Metadata.NONE);
        var copy = Generation.queued(new GenerationId(unique()), owner, request, NOW, 1)
                .costing(Cost.held(new Money(40_000), 1, List.of(), 2))
                .copy(1, 1);
        store().create(copy);
        assertThat(all()).isEmpty();
        var sent = copy.claimed(TestClaims.claim("c1", NOW), NOW.plusSeconds(30));
        store().update(sent);

        delete(sent);
        assertThat(all()).containsExactly(entry(copy));

        store().update(store().find(copy.id()).orElseThrow().billed(Money.ZERO));
        assertThat(all()).isEmpty();
    }

    @Test
    void rowsAreReadAsTheyAreNow() {
        var row = stored(NOW);
        var failed = row.failed(new Failure("code", "text"), NOW);
        store().update(failed);

        var read = index().rows(List.of(row.id()));

        assertThat(read).isEqualTo(new OwnerIndex.Rows(List.of(failed), List.of()));
    }

    @Test
    void ofAHundredRowsThoseThatExistAreRead() {
        var rows =
                IntStream.range(0, 60).mapToObj(i -> stored(NOW.plusMillis(i))).toList();
        var ids = new ArrayList<>(rows.stream().map(Generation::id).toList());
        IntStream.range(0, 40).forEach(_ -> ids.add(new GenerationId(unique())));

        assertThat(index().rows(ids).readable()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void noRowsAreReadForNoIds() {
        assertThat(index().rows(List.of()).readable()).isEmpty();
    }

    private List<Entry> all() {
        return index().entries(owner, Span.ALL, Optional.empty(), MANY);
    }

    private List<Entry> pages(int size) {
        var listed = new ArrayList<Entry>();
        var page = index().entries(owner, Span.ALL, Optional.empty(), size);
        while (!page.isEmpty()) {
            listed.addAll(page);
            page = index().entries(owner, Span.ALL, Optional.of(page.getLast()), size);
        }
        return listed;
    }

    private void delete(Generation row) {
        var failed = row.failed(new Failure("code", "text"), NOW);
        store().update(failed);
        store().update(failed.deleted(NOW));
    }

    private Generation stored(Instant createdAt) {
        var row = row(owner, createdAt);
        store().create(row);
        return row;
    }

    Owner owner() {
        return owner;
    }

    static Generation row(Owner owner, Instant createdAt) {
        var request = new GenerationRequest(new ModelId("vendor/model"), new ProviderId("vendor"), "{}");
        return Generation.queued(new GenerationId(unique()), owner, request, createdAt, 1);
    }

    static Entry entry(Generation row) {
        return new Entry(row.createdAt(), row.id());
    }

    static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
