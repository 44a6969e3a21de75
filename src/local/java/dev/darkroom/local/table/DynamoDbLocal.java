package dev.darkroom.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.local.declared.ServerlessFile;
import dev.darkroom.local.functions.AotCache;
import dev.darkroom.local.net.ServerJvm;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

/** DynamoDB Local, in memory, in a JVM of its own with its own class path. */
public final class DynamoDbLocal implements AutoCloseable {

    private final ServerJvm server;

    private DynamoDbLocal(ServerJvm server) {
        this.server = server;
    }

    /** Starts DynamoDB Local and waits until it listens. */
    public static DynamoDbLocal start(Path project) {
        return start(project, AotCache.ofDynamoDbLocal(project).options());
    }

    /** Starts DynamoDB Local with further options of the JVM. */
    public static DynamoDbLocal start(Path project, List<String> options) {
        var server = ServerJvm.launch(
                "DynamoDB Local",
                project.resolve("target/local/dynamodb-local.classpath"),
                options,
                (port, _) -> List.of(
                        "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                        "-inMemory",
                        "-disableTelemetry",
                        "-port",
                        Integer.toString(port)));
        server.awaitListening();
        return new DynamoDbLocal(server);
    }

    public URI address() {
        return server.address();
    }

    /** A client with made-up credentials, which DynamoDB Local accepts. */
    public static DynamoDbClient client(URI address) {
        return DynamoDbClient.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static void create(DynamoDbClient client, JsonNode declared, String name) {
        try {
            client.createTable(create -> create.tableName(name)
                    .billingMode(BillingMode.fromValue(
                            declared.required("BillingMode").textValue()))
                    .attributeDefinitions(stream(declared.required("AttributeDefinitions"))
                            .map(DynamoDbLocal::attribute)
                            .toList())
                    .keySchema(keys(declared))
                    .globalSecondaryIndexes(stream(declared.required("GlobalSecondaryIndexes"))
                            .map(DynamoDbLocal::index)
                            .toList()));
        } catch (ResourceInUseException _) {
            // On a slow machine the SDK repeats a request whose answer is late, and its first one made the table.
        }
    }

    /** Creates the table that {@code serverless.yml} declares. */
    public void createTable(Path project, String name) {
        var declared = new ServerlessFile(project).resource("AWS::DynamoDB::Table");
        try (var client = client(server.address())) {
            create(client, declared, name);
            var timeToLive = declared.required("TimeToLiveSpecification");
            client.updateTimeToLive(update -> update.tableName(name)
                    .timeToLiveSpecification(ttl -> ttl.attributeName(
                                    timeToLive.required("AttributeName").textValue())
                            .enabled(timeToLive.required("Enabled").booleanValue())));
        }
    }

    private static AttributeDefinition attribute(JsonNode declared) {
        return AttributeDefinition.builder()
                .attributeName(declared.required("AttributeName").textValue())
                .attributeType(declared.required("AttributeType").textValue())
                .build();
    }

    private static GlobalSecondaryIndex index(JsonNode declared) {
        return GlobalSecondaryIndex.builder()
                .indexName(declared.required("IndexName").textValue())
                .keySchema(keys(declared))
                .projection(Projection.builder()
                        .projectionType(declared.required("Projection")
                                .required("ProjectionType")
                                .textValue())
                        .build())
                .build();
    }

    private static List<KeySchemaElement> keys(JsonNode declared) {
        return stream(declared.required("KeySchema"))
                .map(key -> KeySchemaElement.builder()
                        .attributeName(key.required("AttributeName").textValue())
                        .keyType(key.required("KeyType").textValue())
                        .build())
                .toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** As {@link ServerJvm#onEnd}. */
    public void onEnd(Consumer<String> listener) {
        server.onEnd(listener);
    }

    /** The process of DynamoDB Local. */
    public ProcessHandle process() {
        return server.process();
    }

    @Override
    public void close() {
        server.close();
    }
}
