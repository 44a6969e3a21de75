package dev.darkroom.dynamodb;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.local.table.DynamoDbLocal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Starts DynamoDB Local with the declared table once for all test classes that ask for it. */
public final class TestTable implements ParameterResolver {

    public static final TableConfig CONFIG =
            new Config("contract", GenerationStoreContract.SHARDS, Duration.ofDays(30));

    private record Config(String name, int shards, Duration retention) implements TableConfig {}

    private record Running(DynamoDbLocal local, DynamoDbClient client) implements AutoCloseable {
        @Override
        public void close() {
            client.close();
            local.close();
        }
    }

    static final ProviderId PROVIDER = new ProviderId("wavespeed");

    /** All test classes share the table, and it holds only one submission gate for each provider. */
    public static void forgetGate(DynamoDbClient client) {
        client.deleteItem(
                delete -> delete.tableName(CONFIG.name()).key(Map.of("id", AttributeValue.fromS("gate#" + PROVIDER))));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DynamoDbClient.class;
    }

    @Override
    public DynamoDbClient resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(TestTable.class, _ -> start(), Running.class)
                .client();
    }

    private static Running start() {
        var project = Path.of("").toAbsolutePath();
        var local = DynamoDbLocal.start(project);
        local.createTable(project, CONFIG.name());
        return new Running(local, DynamoDbLocal.client(local.address()));
    }
}
