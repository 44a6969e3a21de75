package dev.darkroom.operator;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.account.KeyAccess;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The commands about API keys, such as {@code make key} and {@code make keys}. */
final class KeyCommands {

    private final Deployment deployment;
    private final PrintStream out;
    private final PrintStream notes;
    private final InstantSource clock = InstantSource.system();

    /** Results, such as a new key, go to {@code out}; all other text goes to {@code notes}. */
    KeyCommands(Deployment deployment, PrintStream out, PrintStream notes) {
        this.deployment = deployment;
        this.out = out;
        this.notes = notes;
    }

    void create(Owner owner, KeyBudgetArguments budget, KeyAccessArguments access) {
        var given = budget.changed(KeyBudget.NONE, owner);
        var usual = access.changed(KeyAccess.USUAL, clock.instant());
        try (var client = deployment.client()) {
            var table = table(client);
            checkShared(given, table.sharing(given, Optional.empty()));
            var key = table.create(owner, given, usual);
            out.println(key.value());
            notes.printf(
                    "This is a key for %s %s. It is stored nowhere and cannot be shown again; its id is %s.%n",
                    owner, deployment.place(), key.digest().id());
        }
    }

    /** A budget that several keys share is changed for all of them. */
    void setBudget(ApiKeyId id, KeyBudgetArguments arguments) {
        if (arguments.isEmpty()) {
            throw new OperatorException(
                    "name what changes: MAX_BUDGET=25, BUDGET_DURATION=1mo, SOFT_BUDGET=20, SHARED_BUDGET=team");
        }
        try (var client = deployment.client()) {
            var table = table(client);
            var key = key(table, id);
            var budget = arguments.changed(key.budget(), key.owner());
            var others = table.sharing(budget, Optional.of(id));
            if (!budget.shared().equals(key.budget().shared())) {
                checkShared(budget, others);
            }
            for (var changed : Stream.concat(
                            Stream.of(id),
                            others.stream().map(other -> other.digest().id()))
                    .toList()) {
                table.update(changed, budget);
                notes.printf("The key %s has the budget %s within a minute.%n", changed, description(budget));
            }
        }
    }

    private static void checkShared(KeyBudget budget, List<ApiKeyRecord> others) {
        others.stream()
                .map(ApiKeyRecord::budget)
                .filter(other -> !other.equals(budget))
                .findFirst()
                .ifPresent(other -> {
                    throw new OperatorException(
                            "the keys that share this budget have %s: give the same limits, and change them for all with make key-update"
                                    .formatted(description(other)));
                });
    }

    void setAccess(ApiKeyId id, KeyAccessArguments arguments) {
        if (arguments.isEmpty()) {
            throw new OperatorException("name what changes: ROLE=read, EXPIRES=2027-01-31 or EXPIRES=never");
        }
        try (var client = deployment.client()) {
            var table = table(client);
            var access = arguments.changed(key(table, id).access(), clock.instant());
            table.update(id, access);
            notes.printf("The key %s has the access %s within a minute.%n", id, description(access));
        }
    }

    private ApiKeyRecord key(KeyTable table, ApiKeyId id) {
        return table.find(id).orElseThrow(() -> noKey(id));
    }

    void list() {
        try (var client = deployment.client()) {
            var table = table(client);
            var keys = table.all();
            if (keys.isEmpty()) {
                notes.printf("There are no keys %s. Make one: make key NAME=acme%n", deployment.place());
            }
            var days = table.lastDays();
            keys.forEach(key -> out.println(line(key, days)));
        }
    }

    private String status(ApiKeyRecord key) {
        if (key.disabled()) {
            return "disabled";
        }
        return key.access().isExpiredAt(clock.instant()) ? "expired" : "enabled";
    }

    private String line(ApiKeyRecord key, Map<ApiKeyId, LocalDate> days) {
        var id = key.digest().id();
        var day = days.get(id);
        return "%s  %s  %-8s  %s  %s  %s  %s"
                .formatted(
                        id,
                        key.createdAt(),
                        status(key),
                        key.owner(),
                        description(key.budget()),
                        description(key.access()),
                        day == null ? "never used" : "used " + day);
    }

    void disable(ApiKeyId id) {
        try (var client = deployment.client()) {
            if (!table(client).disable(id)) {
                throw noKey(id);
            }
            notes.printf("The key %s stops working within a minute.%n", id);
        }
    }

    private OperatorException noKey(ApiKeyId id) {
        return new OperatorException("there is no key %s %s: see make keys".formatted(id, deployment.place()));
    }

    private static String description(KeyBudget budget) {
        return budget.max()
                .map(max -> "%s/%s%s%s"
                        .formatted(
                                max,
                                budget.period().duration(),
                                budget.soft().map(" soft %s"::formatted).orElse(""),
                                budget.shared().map(" of "::concat).orElse("")))
                .orElse("-");
    }

    private static String description(KeyAccess access) {
        return access.expiresAt()
                .map(end -> LocalDate.ofInstant(end, ZoneOffset.UTC).minusDays(1))
                .map(last -> "%s until %s".formatted(access.role().title(), last))
                .orElseGet(access.role()::title);
    }

    private KeyTable table(DynamoDbClient client) {
        return new KeyTable(client, deployment.tableName(), clock);
    }
}
