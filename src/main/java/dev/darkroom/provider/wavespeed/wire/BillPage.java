package dev.darkroom.provider.wavespeed.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.BillEntry;
import dev.darkroom.core.provider.BillEntry.Kind;
import dev.darkroom.core.provider.BillOutcome;
import dev.darkroom.core.provider.BillQuestion;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/**
 * A page of the provider's bill.
 *
 * @see <a href="https://wavespeed.ai/docs/docs-common-api/billings">Billings API</a>
 */
public final class BillPage {

    private static final int SIZE = 100;

    /**
     * In micro-dollars. An earlier edition of the page shows whole numbers such as 24300 without a unit; no prediction
     * costs as many dollars.
     */
    private static final long MAX_AMOUNT = 1_000_000_000;

    private BillPage() {}

    /** The body of the question, JSON; times are milliseconds, written as texts. */
    public static String filter(BillQuestion question, int page) {
        var filter =
                ProviderJson.object().put("page", page).put("page_size", SIZE).put("sort", "created_at ASC");
        switch (question) {
            case BillQuestion.Written(var from, var until) ->
                filter.put("start_time", Long.toString(from.toEpochMilli()))
                        .put("end_time", Long.toString(until.toEpochMilli()));
            case BillQuestion.About(var predictions) -> {
                var uuids = filter.putArray("prediction_uuids");
                predictions.forEach(prediction -> uuids.add(prediction.value()));
            }
        }
        return filter.toString();
    }

    /** Empty when the data is not a page. Behind the last entry the provider may write null for the list. */
    public static Optional<BillOutcome.Page> of(JsonNode data, int page) {
        var items = data.path("items");
        if (!(items.isArray() || (items.isNull() && isBehindTheLast(data.path("total"), page)))) {
            return Optional.empty();
        }
        var entries = new ArrayList<BillEntry>();
        int unreadable = 0;
        for (var item : items) {
            var entry = entry(item);
            if (entry.isPresent()) {
                entries.add(entry.get());
            } else if (isCharge(item)) {
                unreadable++;
            }
        }
        return Optional.of(new BillOutcome.Page(entries, unreadable, isLast(data, items.size(), page)));
    }

    /** Without a total, null on the first page may also mean that the provider does not know. */
    private static boolean isBehindTheLast(JsonNode total, int page) {
        return total.isIntegralNumber() ? total.longValue() <= (page - 1L) * SIZE : page > 1;
    }

    /** A page with fewer entries than requested need not be the last one, unless the total says so. */
    private static boolean isLast(JsonNode data, int items, int page) {
        var total = data.path("total");
        return items == 0 || (total.isIntegralNumber() && (long) page * SIZE >= total.longValue());
    }

    /** A payment into the account has no prediction, and is no deduction. */
    private static boolean isCharge(JsonNode item) {
        return !item.path("prediction").path("uuid").asText("").isEmpty()
                || kind(item.path("billing_type").asText("")).isPresent();
    }

    private static Optional<BillEntry> entry(JsonNode item) {
        var prediction = PredictionId.parse(item.path("prediction").path("uuid").asText(""));
        var amount = Dollars.price(item.path("price"));
        var kind = kind(item.path("billing_type").asText(""));
        var at = time(item.path("created_at").asText(""));
        if (prediction.isEmpty() || kind.isEmpty() || at.isEmpty() || amount.isEmpty()) {
            return Optional.empty();
        }
        long microDollars = Math.abs(amount.getAsLong());
        var id = item.path("uuid").asText("");
        return id.isEmpty() || microDollars > MAX_AMOUNT
                ? Optional.empty()
                : Optional.of(new BillEntry(id, prediction.get(), kind.get(), microDollars, at.get()));
    }

    /** Only {@code deduct} is documented. */
    private static Optional<Kind> kind(String type) {
        var name = type.toLowerCase(Locale.ROOT);
        if (name.equals("deduct")) {
            return Optional.of(Kind.CHARGE);
        }
        return name.contains("refund") ? Optional.of(Kind.REFUND) : Optional.empty();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
