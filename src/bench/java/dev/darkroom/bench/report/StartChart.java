package dev.darkroom.bench.report;

import dev.darkroom.bench.report.Report.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

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
        var svg = new StringBuilder();
        line(svg, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 %d" font-family="sans-serif" font-size="13" role="img">""", bottom + 40);
        line(svg, "<title>From the start of a process to its first request for an event</title>");
        line(svg, """
                <style>text{fill:#57606a}.us{fill:#0969da;stroke:#0969da}.other{fill:#8c959f;stroke:#8c959f}.grid{stroke:#d0d7de}
                @media(prefers-color-scheme:dark){text{fill:#9198a1}.us{fill:#4493f8;stroke:#4493f8}.grid{stroke:#3d444d}}</style>""");
        line(svg, "<text x=\"12\" y=\"20\">From the start of a process to its first request for an event, ms</text>");
        for (int tick : SCALE) {
            line(svg, "<path class=\"grid\" d=\"M%.1f %dV%d\"/>", x(tick), TOP - 12, bottom);
            line(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>", x(tick), bottom + 18, tick);
        }
        for (int i = 0; i < rows.size(); i++) {
            row(svg, rows.get(i), TOP + i * LINE);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void row(StringBuilder svg, Row row, int y) {
        var kind = row.subject().equals("native") ? "us" : "other";
        line(svg, "<text x=\"12\" y=\"%d\">%s, %s</text>", y + 4, row.function(), row.subject());
        line(
                svg,
                "<path class=\"%s\" stroke-width=\"3\" d=\"M%.1f %dH%.1f\"/>",
                kind,
                x(row.p25()),
                y,
                x(row.p75()));
        line(svg, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%d\" r=\"5\"/>", kind, x(row.median()), y);
        line(svg, "<text x=\"%.1f\" y=\"%d\">%.1f</text>", x(row.p75()) + 12, y + 4, row.median());
    }

    private static double x(double millis) {
        return LEFT + Math.log10(Math.max(1, millis)) / Math.log10(SCALE.getLast()) * (RIGHT - LEFT);
    }

    private static void line(StringBuilder svg, String format, Object... values) {
        svg.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
    }
}
