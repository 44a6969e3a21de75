package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.text;

import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.Posting;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row's cost as one short text, for example {@code HELD 40000 0 1 1:40000:0 key:0123456789abcdef#2026-11}: state,
 * price, charged amount, images, last posting or {@code -}, windows.
 */
final class CostValue {

    private static final Pattern SPACE = Pattern.compile(" ");
    private static final Pattern COLON = Pattern.compile(":");
    private static final String NO_POSTING = "-";
    private static final int WINDOWS = 5;

    private CostValue() {}

    static AttributeValue of(Cost cost) {
        return text(Stream.concat(
                        Stream.of(
                                cost.state().name(),
                                Long.toString(cost.price().microDollars()),
                                Long.toString(cost.charged().microDollars()),
                                Integer.toString(cost.images()),
                                posting(cost.posting())),
                        cost.windows().stream().map(BudgetWindow::toString))
                .collect(Collectors.joining(" ")));
    }

    private static String posting(@Nullable Posting posting) {
        return posting == null
                ? NO_POSTING
                : "%d:%d:%d".formatted(posting.version(), posting.heldMicros(), posting.spentMicros());
    }

    static @Nullable Cost read(@Nullable AttributeValue value) {
        if (value == null) {
            return null;
        }
        var parts = List.of(SPACE.split(value.s()));
        return new Cost(
                money(parts.get(1)),
                money(parts.get(2)),
                Cost.State.valueOf(parts.getFirst()),
                Integer.parseInt(parts.get(3)),
                parts.subList(WINDOWS, parts.size()).stream()
                        .map(BudgetWindow::parse)
                        .toList(),
                readPosting(parts.get(4)));
    }

    private static Money money(String microDollars) {
        return new Money(Long.parseLong(microDollars));
    }

    private static @Nullable Posting readPosting(String text) {
        if (text.equals(NO_POSTING)) {
            return null;
        }
        var numbers =
                Arrays.stream(COLON.split(text)).mapToLong(Long::parseLong).toArray();
        return new Posting(numbers[0], numbers[1], numbers[2]);
    }
}
