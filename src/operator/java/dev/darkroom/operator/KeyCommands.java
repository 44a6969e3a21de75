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
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The commands about API keys, such as {@code make key} and {@code make keys}. */
final class KeyCommands {

    private final Deployment deployment;
    private final PrintStream out;
    private final PrintStream notes;

    /** Results, such as a new key, go to {@code out}; all other text goes to {@code notes}. */
    KeyCommands(Deployment deployment, PrintStream out, PrintStream notes) {
        this.deployment = deployment;
        this.out = out;
        this.notes = notes;
    }

    void create(Owner owner, KeyBudget budget, KeyAccess access) {
        try (var client = deployment.client()) {
            var key = table(client).create(owner, budget, access);
            out.println(key.value());
            notes.printf(
                    "This is a key for %s %s. It is stored nowhere and cannot be shown again; its id is %s.%n",
                    owner, deployment.place(), key.digest().id());
        }
    }

    void setBudget(ApiKeyId id, KeyBudget budget) {
        try (var client = deployment.client()) {
            if (!table(client).update(id, budget)) {
                throw noKey(id);
            }
            notes.printf("The key %s has the budget %s within a minute.%n", id, description(budget));
        }
    }

    void setAccess(ApiKeyId id, KeyAccess access) {
        try (var client = deployment.client()) {
            if (!table(client).update(id, access)) {
                throw noKey(id);
            }
            notes.printf("The key %s has the access %s within a minute.%n", id, description(access));
        }
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

    private static String line(ApiKeyRecord key, Map<ApiKeyId, LocalDate> days) {
        var id = key.digest().id();
        var day = days.get(id);
        return "%s  %s  %-8s  %s  %s  %s  %s"
                .formatted(
                        id,
                        key.createdAt(),
                        key.disabled() ? "disabled" : "enabled",
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
                .map(max -> "%s/%s%s"
                        .formatted(
                                max,
                                budget.period().duration(),
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
        return new KeyTable(client, deployment.tableName(), InstantSource.system());
    }
}
