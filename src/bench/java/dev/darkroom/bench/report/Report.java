package dev.darkroom.bench.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The figures, as a table for people and as JSON for programs. */
public final class Report {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Names a part of the table and says how its figures came about. */
    public record Section(String name, String how, List<Row> rows) {}

    /** {@code function} and {@code subject} are empty where they make no difference. */
    public record Row(
            String figure,
            String function,
            String subject,
            String unit,
            int n,
            double min,
            double p25,
            double median,
            double p75,
            double p90,
            double p99,
            double max) {}

    /** {@code measured} is null, and {@code met} false, when one side of a comparison was not measured. */
    public record Target(String name, @Nullable Double measured, String relation, double limit, boolean met) {}

    private final Machine machine;
    private final List<Section> sections = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    public Report(Machine machine) {
        this.machine = machine;
        System.out.println(machine.described());
    }

    /** Begins a part of the table. */
    public void section(String name, String how) {
        sections.add(new Section(name, how, new ArrayList<>()));
        System.out.printf(
                "%n%s%n%s%n%-56s %5s %9s %9s %9s %9s %9s %9s %9s%n",
                name.toUpperCase(Locale.ROOT), how, "", "n", "min", "p25", "median", "p75", "p90", "p99", "max");
    }

    public void row(String figure, String unit, Samples samples) {
        row(figure, "", "", unit, samples);
    }

    public void row(String figure, String function, String subject, String unit, Samples samples) {
        var row = new Row(
                figure,
                function,
                subject,
                unit,
                samples.count(),
                samples.percentile(0),
                samples.percentile(25),
                samples.median(),
                samples.percentile(75),
                samples.percentile(90),
                samples.percentile(99),
                samples.max());
        sections.getLast().rows().add(row);
        System.out.printf(
                Locale.ROOT,
                "%-56s %5d %9.2f %9.2f %9.2f %9.2f %9.2f %9.2f %9.2f%n",
                label(row),
                row.n(),
                row.min(),
                row.p25(),
                row.median(),
                row.p75(),
                row.p90(),
                row.p99(),
                row.max());
    }

    private static String label(Row row) {
        var which = row.function().isEmpty() ? "%s%s%s" : "%-15s %-17s %s";
        return which.formatted(row.figure(), row.function(), row.subject()) + ", " + row.unit();
    }

    public void atLeast(String name, OptionalDouble measured, double limit) {
        boolean met = measured.isPresent() && measured.getAsDouble() >= limit;
        targets.add(new Target(name, boxed(measured), "at least", limit, met));
    }

    public void atMost(String name, OptionalDouble measured, double limit) {
        boolean met = measured.isPresent() && measured.getAsDouble() <= limit;
        targets.add(new Target(name, boxed(measured), "at most", limit, met));
    }

    /** The rows of one figure. */
    public List<Row> rows(String figure) {
        return sections.stream()
                .flatMap(section -> section.rows().stream())
                .filter(row -> row.figure().equals(figure))
                .toList();
    }

    /** What was reported so far. */
    public List<Section> sections() {
        return List.copyOf(sections);
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    /** Prints the targets and writes everything to a file. */
    public void finish(Path file) throws IOException {
        System.out.printf("%nTARGETS%n");
        for (var target : targets) {
            System.out.printf(
                    Locale.ROOT,
                    "%-86s %10s  %-8s %6s  %s%n",
                    target.name(),
                    target.measured() == null ? "-" : String.format(Locale.ROOT, "%.2f", target.measured()),
                    target.relation(),
                    BigDecimal.valueOf(target.limit()).stripTrailingZeros().toPlainString(),
                    target.measured() == null ? "not measured" : target.met() ? "yes" : "no");
        }
        var all = new LinkedHashMap<String, Object>();
        all.put("machine", machine);
        all.put("sections", sections);
        all.put("targets", targets);
        JSON.writeValue(file.toFile(), all);
        System.out.printf("%nThe same as JSON: %s%n", file);
    }
}
