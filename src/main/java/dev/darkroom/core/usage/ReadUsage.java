package dev.darkroom.core.usage;

import dev.darkroom.core.account.Owner;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Reports what was used in a span of days. */
public final class ReadUsage {

    /** The longest span of one report, in days. */
    public static final int MAX_DAYS = 100;

    /** In days. A report waits for the table most of the time, and a process has little memory. */
    private static final int AT_ONCE = 8;

    private final UsageCounters counters;
    private final CountedNames names;
    private final Executor executor;

    /** A report reads one day after the other. */
    public ReadUsage(UsageCounters counters, CountedNames names) {
        this(counters, names, Runnable::run);
    }

    /** {@code executor} reads up to eight days at once. */
    public ReadUsage(UsageCounters counters, CountedNames names, Executor executor) {
        this.counters = counters;
        this.names = names;
        this.executor = executor;
    }

    /**
     * Which usage is asked for.
     *
     * @param from the first day (UTC)
     * @param until the last day, not before {@code from}, and less than {@link #MAX_DAYS} later
     * @param owner empty for all owners
     */
    public record Question(LocalDate from, LocalDate until, GroupBy groupBy, Optional<Owner> owner) {

        public Question {
            if (!isValid(from, until)) {
                throw new IllegalArgumentException("a report is about 1 to 100 days");
            }
        }

        /** How many days the report is about. */
        public long days() {
            return ChronoUnit.DAYS.between(from, until) + 1;
        }

        List<LocalDate> allDays() {
            return LongStream.range(0, days()).mapToObj(from::plusDays).toList();
        }

        /** Whether there is a report about these days. */
        public static boolean isValid(LocalDate from, LocalDate until) {
            return !until.isBefore(from) && ChronoUnit.DAYS.between(from, until) < MAX_DAYS;
        }
    }

    /** A line of a report; {@code group} is empty for what the report does not name. */
    public record Line(Optional<String> group, UsageCount count) {}

    /** {@code lines} in the order of their names, what has none first; each line is a part of {@code total}. */
    public record Report(List<Line> lines, UsageCount total) {
        public Report {
            lines = List.copyOf(lines);
        }
    }

    /** The names of metadata that can be asked for. */
    public CountedNames countedNames() {
        return names;
    }

    /** Throws {@link StoreUnavailableException} when a day cannot be read. */
    public Report read(Question question) {
        var days = new ConcurrentLinkedQueue<>(question.allDays());
        var tally = new UsageTally(question.groupBy());
        var readers = Stream.generate(
                        () -> CompletableFuture.runAsync(() -> read(days, question.owner(), tally), executor))
                .limit(Math.min(AT_ONCE, question.days()))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(readers).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return tally.report();
    }

    /** Once a day cannot be read, no further one is: there will be no report. */
    private void read(Queue<LocalDate> days, Optional<Owner> owner, UsageTally tally) {
        try {
            for (var day = days.poll(); day != null; day = days.poll()) {
                tally.add(counters.of(day, owner));
            }
        } catch (RuntimeException e) {
            days.clear();
            throw e;
        }
    }
}
