package dev.darkroom.core.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.RecordingListener;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.listing.ListGenerations.Filter;
import dev.darkroom.core.listing.ListGenerations.Listing;
import dev.darkroom.core.listing.ListGenerations.Query;
import dev.darkroom.core.listing.ListGenerations.Start;
import dev.darkroom.core.store.OwnerIndex.Entry;
import dev.darkroom.core.store.OwnerIndex.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListGenerationsTest {

    private static final Owner OWNER = new Owner("acme");
    private static final Owner OTHER = new Owner("other");
    private static final ModelId MODEL = new ModelId("vendor/model");
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Metadata POSTERS = new Metadata(Map.of("project", "posters"));

    private final InMemoryGenerationStore store = new InMemoryGenerationStore(1);
    private final RecordingListener events = new RecordingListener();
    private final ListGenerations list = new ListGenerations(store, events);
    private int ids;

    @Test
    void theNewestIsListedFirst() {
        var rows = stored(3);

        var page = page(newest(10));

        assertThat(page.rows()).containsExactly(rows.get(2), rows.get(1), rows.get(0));
        assertThat(page.next()).isEmpty();
    }

    @Test
    void anOwnerWithoutGenerationsHasAnEmptyList() {
        assertThat(page(newest(10))).isEqualTo(new Listing.Page(List.of(), Optional.empty()));
    }

    @Test
    void aPageIsOneQueryAndOneBatchRead() {
        stored(300);
        int before = store.calls();

        var page = page(newest(100));

        assertThat(page.rows()).hasSize(100);
        assertThat(store.calls() - before).isEqualTo(2);
        assertThat(store.rowReads()).isEqualTo(100);
    }

    @Test
    void aListThatEndsWithItsPageDoesNotGoOn() {
        stored(4);

        var first = page(newest(2));
        var second = page(after(first, 2));

        assertThat(first.next()).isPresent();
        assertThat(second.rows()).hasSize(2);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void tenThousandGenerationsArePagedThroughInOrderWhileOthersAreAdded() {
        var rows = IntStream.range(0, 10_000)
                .mapToObj(i -> store(row(OWNER, NOW.plusMillis(i / 4))))
                .toList();
        var listed = new ArrayList<Generation>();

        Optional<Entry> last = Optional.empty();
        do {
            var page = page(new Query(OWNER, Filter.NONE, new Start.After(last), 100, false));
            listed.addAll(page.rows());
            last = page.next();
            IntStream.range(0, 50)
                    .forEach(i -> store(row(OWNER, NOW.plusSeconds(60).plusMillis(i))));
        } while (last.isPresent());

        assertThat(listed).hasSize(10_000).doesNotHaveDuplicates().containsAll(rows);
        assertThat(listed).extracting(Generation::createdAt).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void aPageHasANumberToo() {
        var rows = stored(5).reversed();

        assertThat(page(numbered(1, 2)).rows()).containsExactlyElementsOf(rows.subList(0, 2));
        assertThat(page(numbered(2, 2)).rows()).containsExactlyElementsOf(rows.subList(2, 4));
        assertThat(page(numbered(3, 2)).rows()).containsExactlyElementsOf(rows.subList(4, 5));
        assertThat(page(numbered(4, 2)).rows()).isEmpty();
    }

    @Test
    void aListGoesOnAfterANumberedPage() {
        var rows = stored(5).reversed();

        var next = page(after(page(numbered(2, 2)), 2));

        assertThat(next.rows()).containsExactlyElementsOf(rows.subList(4, 5));
    }

    @Test
    void aNumberedPageThatIsTooFarIsNotSearched() {
        int before = store.calls();

        assertThat(list.list(numbered(1_001, 100))).isEqualTo(new Listing.TooFar());
        assertThat(list.list(numbered(Integer.MAX_VALUE, 100))).isEqualTo(new Listing.TooFar());

        assertThat(store.calls()).isEqualTo(before);
        assertThat(list.list(numbered(1_000, 100))).isInstanceOf(Listing.Page.class);
    }

    @Test
    void anotherOwnersGenerationsAreNotListed() {
        var own = stored(1);
        store(row(OTHER, NOW));

        assertThat(page(newest(10)).rows()).isEqualTo(own);
    }

    /** An index that is wrong opens no other owner's row. */
    @Test
    void anEntryOfAnotherOwnersRowIsSkipped() {
        var own = stored(1);
        var theirs = store(row(OTHER, NOW.plusSeconds(1)));
        store.showInOwnerIndex(entries ->
                Stream.concat(entries.stream(), Stream.of(entry(theirs))).toList());

        assertThat(page(newest(10)).rows()).isEqualTo(own);
    }

    @Test
    void anEntryWhoseRowIsGoneIsSkippedAndThePageIsFilled() {
        var rows = stored(4).reversed();
        store.showInOwnerIndex(entries -> Stream.concat(entries.stream(), Stream.of(entry(rows.get(1))))
                .distinct()
                .toList());
        store.expire(rows.get(1).id());

        var page = page(newest(2));

        assertThat(page.rows()).containsExactly(rows.get(0), rows.get(2));
        assertThat(page(after(page, 2)).rows()).containsExactly(rows.get(3));
    }

    @Test
    void anEntryWhoseRowIsDeletedIsSkipped() {
        var row = store(row(OWNER, NOW)).failed(new Failure("code", "text"), NOW);
        store.update(row);
        store.update(row.deleted(row.createdAt()));
        store.showInOwnerIndex(_ -> List.of(entry(row)));

        assertThat(page(newest(10)).rows()).isEmpty();
    }

    @Test
    void aRowThatCannotBeReadIsSkippedAndReported() {
        var rows = stored(2);
        store.damage(rows.get(0).id());

        var page = page(newest(10));

        assertThat(page.rows()).containsExactly(rows.get(1));
        assertThat(events.unreadableRows()).containsExactly(rows.get(0).id().value());
    }

    @Test
    void onlyTheModelThatIsAskedForIsListed() {
        stored(3);
        var other = new GenerationRequest(new ModelId("vendor/other"), new ProviderId("vendor"), "{}");
        var wanted = store(row(OWNER, NOW, other));

        var filter = new Filter(Optional.of(wanted.request().model()), all(), Metadata.NONE, Span.ALL);

        assertThat(page(newest(filter, 10)).rows()).containsExactly(wanted);
    }

    @Test
    void onlyTheStatusesThatAreAskedForAreListed() {
        var failed = stored(3).getFirst().failed(new Failure("code", "text"), NOW);
        store.update(failed);

        assertThat(page(newest(ofStatus(Status.FAILED), 10)).rows()).containsExactly(failed);
        assertThat(page(newest(ofStatus(Status.QUEUED), 10)).rows()).hasSize(2);
    }

    @Test
    void onlyGenerationsWithAllOfTheMetadataAreListed() {
        stored(2);
        var both = store(withMetadata(new Metadata(Map.of("project", "posters", "user", "7"))));
        store(withMetadata(new Metadata(Map.of("project", "cards"))));
        store(withMetadata(new Metadata(Map.of("user", "posters"))));

        var filter = new Filter(Optional.empty(), all(), POSTERS, Span.ALL);

        assertThat(page(newest(filter, 10)).rows()).containsExactly(both);
    }

    @Test
    void onlyTheSpanThatIsAskedForIsListed() {
        var rows = stored(5);

        var filter = new Filter(
                Optional.empty(),
                all(),
                Metadata.NONE,
                new Span(rows.get(1).createdAt(), rows.get(3).createdAt()));

        assertThat(page(newest(filter, 10)).rows()).containsExactly(rows.get(3), rows.get(2), rows.get(1));
        assertThat(store.rowReads()).isEqualTo(3);
    }

    @Test
    void aFilterThatNothingCanMeetReadsNothing() {
        stored(3);
        int before = store.calls();

        assertThat(page(newest(new Filter(Optional.empty(), Set.of(), Metadata.NONE, Span.ALL), 10))
                        .rows())
                .isEmpty();
        assertThat(page(newest(
                                new Filter(Optional.empty(), all(), Metadata.NONE, new Span(NOW, NOW.minusMillis(1))),
                                10))
                        .rows())
                .isEmpty();

        assertThat(store.calls()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void aFilteredListHasNoGapsAndNoRepetitions(int size) {
        var wanted = new ArrayList<Generation>();
        for (int i = 0; i < 500; i++) {
            var row = row(OWNER, NOW.plusMillis(i / 2), request(i % 7 == 0 ? POSTERS : Metadata.NONE));
            store(row);
            if (i % 7 == 0) {
                wanted.add(row);
            }
        }
        var filter = new Filter(Optional.empty(), all(), POSTERS, Span.ALL);

        var listed = everything(filter, size);

        assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void aFilteredPageHasANumberToo() {
        var rows = stored(9);
        var filter = ofStatus(Status.FAILED);
        var failed = IntStream.of(8, 5, 2)
                .mapToObj(rows::get)
                .map(row -> row.failed(new Failure("code", "text"), NOW))
                .toList();
        failed.forEach(store::update);

        assertThat(page(numbered(filter, 1, 2)).rows()).containsExactlyElementsOf(failed.subList(0, 2));
        assertThat(page(numbered(filter, 2, 2)).rows()).containsExactlyElementsOf(failed.subList(2, 3));
        assertThat(page(numbered(filter, 3, 2)).rows()).isEmpty();
    }

    @Test
    void aFilterThatMeetsAlmostNothingReadsABoundedNumberOfRowsAndGoesOn() {
        var wanted = store(withMetadata(POSTERS));
        stored(2_500);
        var filter = new Filter(Optional.empty(), all(), POSTERS, Span.ALL);

        var first = page(newest(filter, 20));

        assertThat(first.rows()).isEmpty();
        assertThat(first.next()).isPresent();
        assertThat(store.rowReads()).isBetween(1_000, 1_100);
        assertThat(everything(filter, 20)).containsExactly(wanted);
    }

    @Test
    void aNumberedPageBeyondTheRowsOfOneRequestIsTooFar() {
        stored(2_500);
        IntStream.range(0, 30).forEach(_ -> store(withMetadata(POSTERS)));

        assertThat(list.list(numbered(new Filter(Optional.empty(), all(), POSTERS, Span.ALL), 2, 20)))
                .isEqualTo(new Listing.TooFar());
    }

    @Test
    void aPageThatBecomesTooLargeEndsEarlyAndGoesOn() {
        var rows =
                IntStream.range(0, 10).mapToObj(i -> store(large(i))).toList().reversed();

        var page = page(new Query(OWNER, Filter.NONE, new Start.After(Optional.empty()), 10, true));

        assertThat(page.rows())
                .containsExactlyElementsOf(rows.subList(0, page.rows().size()));
        assertThat(page.rows()).hasSizeBetween(1, 9);
        assertThat(page(after(page, 10)).rows().getFirst())
                .isEqualTo(rows.get(page.rows().size()));
    }

    @Test
    void aNumberedPageThatIsTooLargeIsNotShortened() {
        IntStream.range(0, 10).forEach(i -> store(large(i)));

        var result = list.list(new Query(OWNER, Filter.NONE, new Start.Numbered(1), 10, true));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Listing.TooLarge.class,
                        tooLarge -> assertThat(tooLarge.fitting()).isBetween(1, 9));
        assertThat(page(numbered(1, 10)).rows()).as("without the inputs").hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101, -1})
    void aPageOfAnotherSizeIsRefused(int size) {
        assertThatIllegalArgumentException().isThrownBy(() -> newest(size));
    }

    private Listing.Page page(Query query) {
        return (Listing.Page) list.list(query);
    }

    private List<Generation> everything(Filter filter, int size) {
        var listed = new ArrayList<Generation>();
        var page = page(newest(filter, size));
        listed.addAll(page.rows());
        while (page.next().isPresent()) {
            page = page(new Query(OWNER, filter, new Start.After(page.next()), size, false));
            listed.addAll(page.rows());
        }
        return listed;
    }

    private static Query newest(int size) {
        return newest(Filter.NONE, size);
    }

    private static Query newest(Filter filter, int size) {
        return new Query(OWNER, filter, new Start.After(Optional.empty()), size, false);
    }

    private static Query after(Listing.Page page, int size) {
        return new Query(OWNER, Filter.NONE, new Start.After(page.next()), size, false);
    }

    private static Query numbered(int number, int size) {
        return numbered(Filter.NONE, number, size);
    }

    private static Query numbered(Filter filter, int number, int size) {
        return new Query(OWNER, filter, new Start.Numbered(number), size, false);
    }

    private static Filter ofStatus(Status status) {
        return new Filter(Optional.empty(), Set.of(status), Metadata.NONE, Span.ALL);
    }

    private static Set<Status> all() {
        return EnumSet.allOf(Status.class);
    }

    private List<Generation> stored(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> store(row(OWNER, NOW.plusMillis(i))))
                .toList();
    }

    private Generation store(Generation row) {
        store.create(row);
        return row;
    }

    private Generation withMetadata(Metadata metadata) {
        return row(OWNER, NOW.minusSeconds(1), request(metadata));
    }

    /** Its input has 256 KB. */
    private Generation large(int millis) {
        var request = new GenerationRequest(MODEL, new ProviderId("vendor"), "x".repeat(256 * 1024));
        return row(OWNER, NOW.plusMillis(millis), request);
    }

    private static GenerationRequest request(Metadata metadata) {
        return new GenerationRequest(MODEL, new ProviderId("vendor"), "{}", 1, metadata);
    }

    private Generation row(Owner owner, Instant createdAt) {
        return row(owner, createdAt, request(Metadata.NONE));
    }

    private Generation row(Owner owner, Instant createdAt, GenerationRequest request) {
        return Generation.queued(new GenerationId("%032x".formatted(++ids)), owner, request, createdAt, 1);
    }

    private static Entry entry(Generation row) {
        return new Entry(row.createdAt(), row.id());
    }
}
