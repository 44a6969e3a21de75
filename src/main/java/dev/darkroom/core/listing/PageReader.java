package dev.darkroom.core.listing;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.listing.ListGenerations.Listing;
import dev.darkroom.core.listing.ListGenerations.Query;
import dev.darkroom.core.listing.ListGenerations.Start;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.core.store.OwnerIndex;
import dev.darkroom.core.store.OwnerIndex.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads one page. The index only says which rows there may be: a row counts if it exists, belongs to the owner and
 * meets the filter.
 */
final class PageReader {

    /** Each costs a read unit or more, and one more for each of its copies. */
    private static final int MAX_ROWS = 1_000;

    /**
     * In bytes of texts. A function answers at most 6 MB, and a quote in an input takes twice its bytes there, because
     * the body is a text within JSON.
     */
    private static final int MAX_CONTENT = 2_000_000;

    private final OwnerIndex index;
    private final GenerationReader reader;
    private final Query query;
    private final List<Generation> page = new ArrayList<>();
    private Optional<Entry> last = Optional.empty();
    private int entriesToSkip;
    private int matchesToSkip;
    private int rowsRead;
    private long content;
    private boolean overfull;

    PageReader(OwnerIndex index, GenerationListener listener, Query query) {
        this.index = index;
        this.reader = new GenerationReader(index, listener);
        this.query = query;
        switch (query.start()) {
            case Start.After(var entry) -> last = entry;
            case Start.Numbered(var number) -> {
                int before = (number - 1) * query.size();
                entriesToSkip = query.filter().dependsOnRows() ? 0 : before;
                matchesToSkip = before - entriesToSkip;
            }
        }
    }

    Listing read() {
        if (entriesToSkip > 0) {
            last = index.skip(query.owner(), query.filter().span(), last, entriesToSkip);
            if (last.isEmpty()) {
                return new Listing.Page(List.of(), Optional.empty());
            }
        }
        boolean goesOn;
        do {
            int wanted = wanted();
            // One more than wanted shows whether the list goes on.
            var entries = index.entries(query.owner(), query.filter().span(), last, wanted + 1);
            var batch = entries.subList(0, Math.min(entries.size(), wanted));
            goesOn = addAll(batch) || batch.size() < entries.size();
        } while (goesOn && !isFull() && rowsRead < MAX_ROWS);
        return result(goesOn);
    }

    /** The first batch is enough when all of its rows are listed. */
    private int wanted() {
        int max = GenerationReader.MAX_BATCH;
        return rowsRead > 0 ? max : Math.min(max, matchesToSkip + query.size());
    }

    /** Whether the page was full before the end of the batch. */
    private boolean addAll(List<Entry> batch) {
        rowsRead += batch.size();
        var rows = rows(batch);
        for (int i = 0; i < batch.size(); i++) {
            var entry = batch.get(i);
            var row = rows.get(entry.id());
            if (row != null && query.filter().matches(row) && !add(row)) {
                return true;
            }
            last = Optional.of(entry);
            if (isFull()) {
                return i < batch.size() - 1;
            }
        }
        return false;
    }

    private Map<GenerationId, Generation> rows(List<Entry> batch) {
        return reader.read(query.owner(), batch.stream().map(Entry::id).toList()).stream()
                .map(FanIn::generation)
                .collect(Collectors.toMap(Generation::id, Function.identity()));
    }

    /** False when the row would make the page too large. A page has at least one row, whatever its size. */
    private boolean add(Generation row) {
        if (matchesToSkip > 0) {
            matchesToSkip--;
            return true;
        }
        content += contentOf(row);
        if (content > MAX_CONTENT && !page.isEmpty()) {
            overfull = true;
            return false;
        }
        page.add(row);
        return true;
    }

    private long contentOf(Generation row) {
        var input = query.withInputs() ? row.request().input() : "";
        var outputs = row.state() instanceof State.Completed completed ? completed.outputs() : List.<Output>of();
        var metadata = row.request().metadata().pairs();
        return Stream.of(
                        Stream.of(input),
                        outputs.stream().map(Output::url),
                        metadata.keySet().stream(),
                        metadata.values().stream())
                .flatMap(Function.identity())
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private boolean isFull() {
        return overfull || page.size() == query.size();
    }

    private Listing result(boolean goesOn) {
        if (overfull && query.start() instanceof Start.Numbered) {
            return new Listing.TooLarge(page.size());
        }
        return goesOn && matchesToSkip > 0
                ? new Listing.TooFar()
                : new Listing.Page(page, goesOn ? last : Optional.empty());
    }
}
