package dev.darkroom.faults;

import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import dev.darkroom.local.Platform;
import dev.darkroom.local.table.DynamoDbLocal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A key whose budget is worth 25 of 200 requests, which are sent at once while processes are killed and answers are lost. Its
 * counter is read all the time.
 */
final class SmallBudget {

    private static final Money LIMIT = new Money(1_000_000);

    /** Of one image, in micro-dollars. */
    private static final long PRICE = 40_000;

    private static final int REQUESTS = 200;
    private static final ThreadFactory VIRTUAL = Thread.ofVirtual().factory();

    private final Caller caller;
    private final URI table;
    private final String counter;
    private final List<String> accepted = new ArrayList<>();
    private final AtomicLong most = new AtomicLong();

    /** {@code key} is the id of the key of {@code caller}. */
    SmallBudget(Caller caller, URI table, String key) {
        this.caller = caller;
        this.table = table;
        this.counter = "budget#key:%s#%s".formatted(key, BudgetPeriod.TOTAL.duration());
    }

    static KeyBudget budget() {
        return new KeyBudget(Optional.of(LIMIT), BudgetPeriod.TOTAL, Optional.empty(), Optional.empty());
    }

    static List<Request> requests() {
        return IntStream.range(0, REQUESTS)
                .mapToObj(i -> Request.healthy("small-" + i, "wren %d".formatted(i), 1))
                .toList();
    }

    /** Sends all requests, and completes with the ids of those that were accepted. */
    CompletableFuture<List<String>> ask() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (var client = DynamoDbLocal.client(table);
                            var callers = Executors.newThreadPerTaskExecutor(VIRTUAL)) {
                        var sent = requests().stream()
                                .map(request -> callers.submit(() ->
                                        caller.askWithinBudget(request.key(), request.prompt(), request.images())))
                                .toList();
                        while (!sent.stream().allMatch(Future::isDone)) {
                            most.accumulateAndGet(committed(client), Math::max);
                        }
                        sent.forEach(id -> FaultRun.result(id).ifPresent(accepted::add));
                        return List.copyOf(accepted);
                    }
                },
                task -> VIRTUAL.newThread(task).start());
    }

    private long committed(DynamoDbClient client) {
        return Optional.ofNullable(client.getItem(get -> get.tableName(Platform.TABLE)
                                .key(Map.of("id", AttributeValue.fromS(counter)))
                                .consistentRead(true))
                        .item()
                        .get("committed"))
                .map(amount -> Long.parseLong(amount.n()))
                .orElse(0L);
    }

    /** A request that fails for certain gives its price back, so more than 25 may be accepted, one after the other. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        if (most.get() > LIMIT.microDollars()) {
            problems.add("%d were held and spent of a budget of %d".formatted(most.get(), LIMIT.microDollars()));
        }
        if (accepted.size() < LIMIT.microDollars() / PRICE) {
            problems.add("only %d requests were accepted of a budget for %d"
                    .formatted(accepted.size(), LIMIT.microDollars() / PRICE));
        }
        if (accepted.size() == REQUESTS) {
            problems.add("a budget for an eighth of the requests refused none");
        }
        return problems;
    }
}
