package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.text;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.ratelimit.SubmissionGateStore;
import dev.darkroom.core.ratelimit.SubmissionGates;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The submission gates, an item for each provider, and one more item that lists the providers with a queue. Each
 * process adds a provider to the list before it queues the provider's first request, because that is cheaper than to
 * read the list first.
 */
@Singleton
public class DynamoDbSubmissionGates implements SubmissionGates {

    private static final Map<String, AttributeValue> LIST = Map.of(Attributes.ID, text("gates"));

    private final DynamoDbClient client;
    private final String table;
    private final Set<ProviderId> listed = ConcurrentHashMap.newKeySet();

    public DynamoDbSubmissionGates(DynamoDbClient client, TableConfig config) {
        this.client = client;
        this.table = config.name();
    }

    @Override
    public SubmissionGateStore of(ProviderId provider) {
        return new DynamoDbSubmissionGateStore(client, table, provider, () -> list(provider));
    }

    private void list(ProviderId provider) {
        if (listed.contains(provider)) {
            return;
        }
        Table.call(() -> client.updateItem(update -> update.tableName(table)
                .key(LIST)
                .updateExpression(Expressions.ADD_PROVIDER)
                .expressionAttributeValues(Map.of(":provider", AttributeValue.fromSs(List.of(provider.value()))))));
        listed.add(provider);
    }

    @Override
    public Set<ProviderId> withQueues() {
        var item = Table.call(
                () -> client.getItem(get -> get.tableName(table).key(LIST)).item());
        var providers = item.get(Attributes.PROVIDERS);
        return providers == null
                ? Set.of()
                : providers.ss().stream().map(ProviderId::new).collect(Collectors.toUnmodifiableSet());
    }
}
