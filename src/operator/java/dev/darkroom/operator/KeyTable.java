package dev.darkroom.operator;

import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.account.ApiKeys;
import dev.darkroom.core.account.KeyAccess;
import dev.darkroom.core.account.KeyUses;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.dynamodb.DynamoDbApiKeys;
import dev.darkroom.dynamodb.DynamoDbKeyUses;
import dev.darkroom.dynamodb.TableConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Creates, lists and disables the API keys in a table. */
public final class KeyTable {

    /** API keys use only the name; shards and retention do not matter to them. */
    private record Config(String name, int shards, Duration retention) implements TableConfig {}

    private final ApiKeys keys;
    private final KeyUses uses;
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    public KeyTable(DynamoDbClient client, String table, InstantSource clock) {
        var config = new Config(table, 1, Duration.ZERO);
        this.keys = new DynamoDbApiKeys(client, config);
        this.uses = new DynamoDbKeyUses(client, config);
        this.clock = clock;
    }

    /** Makes a key and stores its digest, never the key itself. */
    public ApiKey create(Owner owner, KeyBudget budget, KeyAccess access) {
        var bytes = new byte[ApiKey.BYTES];
        random.nextBytes(bytes);
        var key = ApiKey.of(bytes);
        var createdAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (!keys.add(new ApiKeyRecord(key.digest(), owner, createdAt, false, budget, access))) {
            throw new IllegalStateException("two random keys have the same id: try again");
        }
        return key;
    }

    Optional<ApiKeyRecord> find(ApiKeyId id) {
        return keys.find(id);
    }

    /** The other keys that share this budget; none when it is not shared. */
    List<ApiKeyRecord> sharing(KeyBudget budget, Optional<ApiKeyId> id) {
        return budget.shared().isEmpty()
                ? List.of()
                : keys.all().stream()
                        .filter(key -> key.budget().shared().equals(budget.shared()))
                        .filter(key -> !id.equals(Optional.of(key.digest().id())))
                        .toList();
    }

    /** All keys, the oldest first. */
    List<ApiKeyRecord> all() {
        return keys.all();
    }

    /** Replaces the budget of a key; false when there is no such key. */
    boolean update(ApiKeyId id, KeyBudget budget) {
        return keys.setBudget(id, budget);
    }

    /** Replaces what a key gives access to; false when there is no such key. */
    boolean update(ApiKeyId id, KeyAccess access) {
        return keys.setAccess(id, access);
    }

    /** On which day each key was last used (UTC); a key that was never used is missing. */
    Map<ApiKeyId, LocalDate> lastDays() {
        return uses.lastDays(keys.all().stream().map(key -> key.digest().id()).toList());
    }

    /** Disables a key for further authorizations; false when there is no such key. */
    public boolean disable(ApiKeyId id) {
        return keys.disable(id);
    }
}
