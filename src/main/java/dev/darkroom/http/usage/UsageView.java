package dev.darkroom.http.usage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.text.Csv;
import dev.darkroom.core.usage.ReadUsage.Question;
import dev.darkroom.core.usage.ReadUsage.Report;
import dev.darkroom.core.usage.UsageCount;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A report as JSON and as CSV. Amounts are US dollars, exact to the millionth, and negative where more
 * was refunded than charged.
 */
public final class UsageView {

    private UsageView() {}

    /** {@code group} is null for what the report does not name, such as requests of workflows by key. */
    static String json(Question question, String groupBy, Report report) {
        var view = JsonNodeFactory.instance
                .objectNode()
                .put("start_date", question.from().toString())
                .put("end_date", question.until().toString())
                .put("group_by", groupBy)
                .put("currency", "USD");
        var data = view.putArray("data");
        report.lines()
                .forEach(line -> write(
                        line.count(), data.addObject().put("group", line.group().orElse(null))));
        write(report.total(), view.putObject("total"));
        return view.toString();
    }

    private static void write(UsageCount count, ObjectNode view) {
        view.put("generations", count.generations())
                .put("failed", count.failed())
                .put("images", count.images())
                .put("amount", Money.dollars(count.chargedMicros()));
    }

    /** A line for each group and none for the total, which a spreadsheet computes. */
    public static String csv(String groupBy, Report report) {
        var text = new StringBuilder(Csv.line(List.of(groupBy, "generations", "failed", "images", "amount_usd")));
        report.lines().forEach(line -> text.append(line(line.group(), line.count())));
        return text.toString();
    }

    private static String line(Optional<String> group, UsageCount count) {
        return Csv.line(
                group.orElse(""),
                List.of(
                        BigDecimal.valueOf(count.generations()),
                        BigDecimal.valueOf(count.failed()),
                        BigDecimal.valueOf(count.images()),
                        Money.sixDecimals(count.chargedMicros())));
    }
}
