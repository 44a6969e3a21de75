package dev.darkroom.core.money;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;

/** How long a limit lasts before it starts again, at midnight UTC. */
public enum BudgetPeriod {
    DAY("1d"),
    MONTH("1mo"),

    /** The limit never starts again. */
    TOTAL("total");

    private final String duration;

    BudgetPeriod(String duration) {
        this.duration = duration;
    }

    /** Parses {@code 1d}, {@code 1mo} or {@code total}; empty when it is none of them. */
    public static Optional<BudgetPeriod> parse(String duration) {
        return Arrays.stream(values())
                .filter(period -> period.duration.equals(duration))
                .findFirst();
    }

    /** What {@link #parse} reads. */
    public String duration() {
        return duration;
    }

    /** The name of the window that contains the time: {@code 2026-11-26}, {@code 2026-11} or {@code total}. */
    String windowAt(Instant time) {
        return switch (this) {
            case DAY -> day(time).toString();
            case MONTH -> YearMonth.from(day(time)).toString();
            case TOTAL -> duration;
        };
    }

    /** When the window that contains the time ends; empty when it never does. */
    public Optional<Instant> endAfter(Instant time) {
        return switch (this) {
            case DAY -> Optional.of(start(day(time).plusDays(1)));
            case MONTH ->
                Optional.of(start(YearMonth.from(day(time)).plusMonths(1).atDay(1)));
            case TOTAL -> Optional.empty();
        };
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
