package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.required;
import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.application.BudgetStore;
import dev.darkroom.application.StoreUnavailableException;
import dev.darkroom.domain.Budget;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.Pause;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The budget as one item of the same table; its id is no generation's id, so no caller can read it. */
@Singleton
public class DynamoDbBudgetStore implements BudgetStore {

    private static final Map<String, AttributeValue> KEY = Map.of(Attributes.ID, text("budget"));

    private static final Duration LONGEST_PARK = Duration.ofMillis(20);

    private final DynamoDbClient client;
    private final String table;

    public DynamoDbBudgetStore(DynamoDbClient client, TableConfig config) {
        this.client = client;
        this.table = config.name();
    }

    @Override
    public Stored read() {
        try {
            return stored(client.getItem(get -> get.tableName(table).key(KEY).consistentRead(true))
                    .item());
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Optional<Stored> replace(Stored next) {
        // Two processes may change the same version to the same, and only one of them may believe that it was the one.
        var change = text(UUID.randomUUID().toString());
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(KEY)
                    .conditionExpression(Expressions.BUDGET_UNTOUCHED)
                    .updateExpression(Expressions.CHANGE_BUDGET)
                    .expressionAttributeValues(Map.of(
                            ":before", number(next.version() - 1),
                            ":version", number(next.version()),
                            ":change", change,
                            ":budget", AttributeValue.fromM(attributes(next.budget()))))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return Optional.empty();
        } catch (ConditionalCheckFailedException e) {
            // A request that the SDK repeated finds its own first write.
            if (change.equals(e.item().get(Attributes.CHANGE_ID))) {
                return Optional.empty();
            }
            letOthersGo();
            return Optional.of(stored(e.item()));
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    /** Or all who were second try again at once, and all but one are second again. */
    private static void letOthersGo() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PARK.toNanos()));
    }

    private static Stored stored(Map<String, AttributeValue> item) {
        return item.isEmpty()
                ? new Stored(Budget.UNUSED, 0)
                : new Stored(budget(required(item, Attributes.BUDGET).m()), number(required(item, Attributes.VERSION)));
    }

    private static Map<String, AttributeValue> attributes(Budget budget) {
        var attributes = new HashMap<>(Map.of(
                Attributes.NEXT_IMAGE_AT, time(budget.nextImageAt()),
                Attributes.IN_FLIGHT, number(budget.inFlight()),
                Attributes.SHARES_AT, time(budget.sharesAt()),
                Attributes.REFUSALS, number(budget.pause().refusals()),
                Attributes.REFUSED_AT, time(budget.pause().refusedAt()),
                Attributes.PAUSED_UNTIL, time(budget.pause().until()),
                Attributes.ROUND, number(budget.round()),
                Attributes.LAST_TURNS, turns(budget.lastTurns()),
                Attributes.WAITING, number(budget.waiting())));
        if (budget.queuedAt() != null) {
            attributes.put(Attributes.QUEUED_AT, time(budget.queuedAt()));
        }
        return attributes;
    }

    private static Budget budget(Map<String, AttributeValue> attributes) {
        var queuedAt = attributes.get(Attributes.QUEUED_AT);
        return new Budget(
                time(required(attributes, Attributes.NEXT_IMAGE_AT)),
                Math.toIntExact(number(required(attributes, Attributes.IN_FLIGHT))),
                time(required(attributes, Attributes.SHARES_AT)),
                new Pause(
                        Math.toIntExact(number(required(attributes, Attributes.REFUSALS))),
                        time(required(attributes, Attributes.REFUSED_AT)),
                        time(required(attributes, Attributes.PAUSED_UNTIL))),
                number(required(attributes, Attributes.ROUND)),
                required(attributes, Attributes.LAST_TURNS).m().entrySet().stream()
                        .collect(Collectors.toMap(turn -> new Owner(turn.getKey()), turn -> number(turn.getValue()))),
                Math.toIntExact(number(required(attributes, Attributes.WAITING))),
                queuedAt == null ? null : time(queuedAt));
    }

    private static AttributeValue turns(Map<Owner, Long> lastTurns) {
        return AttributeValue.fromM(lastTurns.entrySet().stream()
                .collect(Collectors.toMap(turn -> turn.getKey().value(), turn -> number(turn.getValue()))));
    }

    private static StoreUnavailableException unavailable(SdkException e) {
        return new StoreUnavailableException("the table did not answer for the budget", e);
    }
}
