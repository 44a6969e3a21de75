package dev.darkroom.local.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.dynamodb.TestTable;
import dev.darkroom.local.Platform;
import dev.darkroom.local.declared.ServerlessFile;
import dev.darkroom.local.iam.Iam;
import dev.darkroom.local.net.HttpProxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The local table refuses what the calling role does not allow. */
@ExtendWith(TestTable.class)
class DynamoDbIamProxyTest {

    private static final Iam IAM = new ServerlessFile(Path.of("").toAbsolutePath()).iam();

    private final HttpProxy iamProxy = new HttpProxy(new DynamoDbIamProxy(IAM));
    private final DynamoDbClient table;

    DynamoDbIamProxyTest(DynamoDbClient table) {
        this.table = table;
        iamProxy.before(table.serviceClientConfiguration().endpointOverride().orElseThrow());
    }

    @BeforeEach
    void create() {
        table.createTable(create -> create.tableName(Platform.TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    @AfterEach
    void remove() {
        iamProxy.close();
        table.deleteTable(delete -> delete.tableName(Platform.TABLE));
    }

    @ParameterizedTest
    @CsvSource({"get-generation, key#0123456789abcdef", "get-generation, 0123456789abcdef0123456789abcdef"})
    void anItemOfTheRoleIsRead(String function, String id) {
        table.putItem(put -> put.tableName(Platform.TABLE).item(key(id)));

        try (var client = clientOf(function)) {
            assertThat(client.getItem(get -> get.tableName(Platform.TABLE).key(key(id)))
                            .item())
                    .isEqualTo(key(id));
        }
    }

    @ParameterizedTest
    @CsvSource({"get-image, key#0123456789abcdef", "poll-generations, key#0123456789abcdef"})
    void anotherItemIsRefused(String function, String id) {
        table.putItem(put -> put.tableName(Platform.TABLE).item(key(id)));

        try (var client = clientOf(function)) {
            assertThatThrownBy(() ->
                            client.getItem(get -> get.tableName(Platform.TABLE).key(key(id))))
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("is not authorized to perform: dynamodb:GetItem");
        }
    }

    @Test
    void manyItemsAtOnceAreRefused() {
        try (var client = clientOf("submit-generation")) {
            assertThatThrownBy(() -> client.batchGetItem(get -> get.requestItems(Map.of(
                            Platform.TABLE,
                            KeysAndAttributes.builder()
                                    .keys(List.of(key("key#0123456789abcdef")))
                                    .build()))))
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("is not authorized to perform: dynamodb:BatchGetItem");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get-generation", "manage-generations"})
    void manyItemsAtOnceAreReadIfEachMayBeRead(String function) {
        table.putItem(put -> put.tableName(Platform.TABLE).item(key("one")));
        table.putItem(put -> put.tableName(Platform.TABLE).item(key("two")));

        try (var client = clientOf(function)) {
            assertThat(client.batchGetItem(get -> get.requestItems(keys("one", "two")))
                            .responses())
                    .hasEntrySatisfying(
                            Platform.TABLE,
                            items -> assertThat(items).containsExactlyInAnyOrder(key("one"), key("two")));
            assertThatThrownBy(() -> client.batchGetItem(get -> get.requestItems(keys("one", "key#0123456789abcdef"))))
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("is not authorized to perform: dynamodb:BatchGetItem");
        }
    }

    @Test
    void aTransactionNeedsThePermissionOfEachOfItsParts() {
        try (var client = clientOf("manage-generations")) {
            client.transactWriteItems(write -> write.transactItems(updateOf("one"), updateOf("two")));
            assertThat(table.getItem(get -> get.tableName(Platform.TABLE).key(key("two")))
                            .item())
                    .isEqualTo(key("two"));
            assertThatThrownBy(() -> client.transactWriteItems(
                            write -> write.transactItems(updateOf("one"), updateOf("key#0123456789abcdef"))))
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("is not authorized to perform: dynamodb:UpdateItem");
            assertThatThrownBy(() ->
                            client.transactWriteItems(write -> write.transactItems(updateOf("one"), putOf("two"))))
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("is not authorized to perform: dynamodb:PutItem");
        }
    }

    /** It creates the item. */
    private static TransactWriteItem updateOf(String id) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(Platform.TABLE).key(key(id)).updateExpression("REMOVE another"))
                .build();
    }

    private static TransactWriteItem putOf(String id) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(Platform.TABLE).item(key(id)))
                .build();
    }

    private static Map<String, KeysAndAttributes> keys(String... ids) {
        return Map.of(
                Platform.TABLE,
                KeysAndAttributes.builder()
                        .keys(Stream.of(ids).map(DynamoDbIamProxyTest::key).toList())
                        .build());
    }

    private DynamoDbClient clientOf(String function) {
        return DynamoDbClient.builder()
                .endpointOverride(iamProxy.address())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(function, "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }
}
