package dev.darkroom.operator;

import dev.darkroom.application.ApiKeys;
import dev.darkroom.domain.ApiKey;
import dev.darkroom.domain.KeyId;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.StoredKey;
import dev.darkroom.dynamodb.DynamoDbApiKeys;
import dev.darkroom.dynamodb.TableConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The API keys in a table, and where new ones come from. */
public final class KeyTable {

    /** Of the table, only the name matters to keys. */
    private record Config(String name, int shards, Duration retention) implements TableConfig {}

    private final ApiKeys keys;
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    public KeyTable(DynamoDbClient client, String table, InstantSource clock) {
        this.keys = new DynamoDbApiKeys(client, new Config(table, 1, Duration.ZERO));
        this.clock = clock;
    }

    /** Makes a key and stores what may be stored of it. */
    public ApiKey create(Owner owner) {
        var bytes = new byte[ApiKey.BYTES];
        random.nextBytes(bytes);
        var key = ApiKey.of(bytes);
        var createdAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (!keys.add(new StoredKey(key.digest(), owner, createdAt, false))) {
            throw new IllegalStateException("two random keys have the same id: try again");
        }
        return key;
    }

    /** All keys, the oldest first. */
    List<StoredKey> all() {
        return keys.all();
    }

    /** From now on it opens nothing new; false when there is none. */
    public boolean disable(KeyId id) {
        return keys.disable(id);
    }
}
