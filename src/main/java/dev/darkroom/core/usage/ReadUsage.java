package dev.darkroom.core.usage;

import dev.darkroom.core.account.Owner;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports what was used in a span of days. */
public final class ReadUsage {

    /** The longest span of one report, in days. */
    public static final int MAX_DAYS = 100;

    private final UsageCounters counters;
    private final CountedNames names;

    public ReadUsage(UsageCounters counters, CountedNames names) {
        this.counters = counters;
        this.names = names;
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
        long days() {
            return ChronoUnit.DAYS.between(from, until) + 1;
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
        Map<Optional<String>, UsageCount> counts = new HashMap<>();
        var total = UsageCount.ZERO;
        for (int number = 0; number < question.days(); number++) {
            var day = question.from().plusDays(number);
            for (var entry : counters.of(day, question.owner())) {
                if (entry.count().equals(UsageCount.ZERO)) {
                    continue;
                }
                counts.merge(question.groupBy().nameOf(entry.group()), entry.count(), UsageCount::plus);
                total = total.plus(entry.count());
            }
        }
        var lines = counts.entrySet().stream()
                .map(count -> new Line(count.getKey(), count.getValue()))
                .sorted(Comparator.comparing(line -> line.group().orElse("")))
                .toList();
        return new Report(lines, total);
    }
}
