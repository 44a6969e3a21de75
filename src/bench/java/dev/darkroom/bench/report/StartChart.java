package dev.darkroom.bench.report;

import dev.darkroom.bench.report.Report.Row;
import dev.darkroom.bench.subject.Subject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A picture of starts: a point for each median, a line from the first to the third quartile, and a scale on which ten
 * times as long is always as far.
 */
public final class StartChart {

    private static final int LEFT = 260;
    private static final int RIGHT = 640;
    private static final int TOP = 44;
    private static final int LINE = 26;
    private static final List<Integer> SCALE = List.of(1, 10, 100, 1_000, 10_000);

    private final List<Row> rows;

    /** {@code rows} have milliseconds. */
    public StartChart(List<Row> rows) {
        this.rows =
                rows.stream().sorted(Comparator.comparingDouble(Row::median)).toList();
    }

    /** The picture as SVG, for a light and for a dark page. */
    @Override
    public String toString() {
        int bottom = TOP + rows.size() * LINE;
        return head(bottom + 40)
                + SCALE.stream().map(tick -> tick(tick, bottom)).collect(Collectors.joining())
                + IntStream.range(0, rows.size())
                        .mapToObj(i -> point(rows.get(i), TOP + i * LINE))
                        .collect(Collectors.joining())
                + "</svg>\n";
    }

    private static String head(int height) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 %d" font-family="sans-serif" font-size="13" role="img">
                <title>From the start of a process to its first request for an event</title>
                <style>text{fill:#57606a}.us{fill:#0969da;stroke:#0969da}.other{fill:#8c959f;stroke:#8c959f}.grid{stroke:#d0d7de}
                @media(prefers-color-scheme:dark){text{fill:#9198a1}.us{fill:#4493f8;stroke:#4493f8}.grid{stroke:#3d444d}}</style>
                <text x="12" y="20">From the start of a process to its first request for an event, ms</text>
                """.formatted(height);
    }

    private static String tick(int tick, int bottom) {
        return String.format(Locale.ROOT, """
                <path class="grid" d="M%1$.1f %2$dV%3$d"/>
                <text x="%1$.1f" y="%4$d" text-anchor="middle">%5$d</text>
                """, x(tick), TOP - 12, bottom, bottom + 18, tick);
    }

    private static String point(Row row, int y) {
        return String.format(
                Locale.ROOT,
                """
                <text x="12" y="%1$d">%2$s, %3$s</text>
                <path class="%4$s" stroke-width="3" d="M%5$.1f %6$dH%7$.1f"/>
                <circle class="%4$s" cx="%8$.1f" cy="%6$d" r="5"/>
                <text x="%9$.1f" y="%1$d">%10$.1f</text>
                """,
                y + 4,
                row.function(),
                row.subject(),
                row.subject().equals(Subject.NATIVE) ? "us" : "other",
                x(row.p25()),
                y,
                x(row.p75()),
                x(row.median()),
                x(row.p75()) + 12,
                row.median());
    }

    private static double x(double millis) {
        return LEFT + Math.log10(Math.max(1, millis)) / Math.log10(SCALE.getLast()) * (RIGHT - LEFT);
    }
}
