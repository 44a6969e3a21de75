package dev.darkroom.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.local.TemporaryFolder;
import dev.darkroom.local.declared.ServerlessFile;
import dev.darkroom.local.functions.AotCache;
import dev.darkroom.local.functions.ExitStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/** DynamoDB Local, in memory, in a JVM of its own with its own class path. */
public final class DynamoDbLocal implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final URI address;
    private final Process process;
    private final TemporaryFolder folder;

    private DynamoDbLocal(URI address, Process process, TemporaryFolder folder) {
        this.address = address;
        this.process = process;
        this.folder = folder;
    }

    /** Starts DynamoDB Local and waits until it listens. */
    public static DynamoDbLocal start(Path project) {
        return start(project, AotCache.ofDynamoDbLocal(project).options());
    }

    /** Starts DynamoDB Local with further options of the JVM. */
    public static DynamoDbLocal start(Path project, List<String> options) {
        var folder = TemporaryFolder.create();
        try {
            int port = freePort();
            var classPath = Files.readString(project.resolve("target/local/dynamodb-local.classpath"))
                    .strip();
            var log = folder.path().resolve("dynamodb-local.log");
            var process = new ProcessBuilder(command(classPath, options, folder.path(), port))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            awaitListening(process, port, log);
            return new DynamoDbLocal(URI.create("http://localhost:" + port), process, folder);
        } catch (IOException e) {
            folder.close();
            throw new UncheckedIOException("DynamoDB Local cannot be started: " + e.getMessage(), e);
        }
    }

    private static List<String> command(String classPath, List<String> options, Path folder, int port) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        // DynamoDB Local unpacks a native library there and does not delete it.
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(List.of("-cp", classPath, "com.amazonaws.services.dynamodbv2.local.main.ServerRunner"));
        command.addAll(List.of("-inMemory", "-disableTelemetry", "-port", Integer.toString(port)));
        return command;
    }

    public URI address() {
        return address;
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

    /** Creates the table that {@code serverless.yml} declares. */
    public void createTable(Path project, String name) {
        var declared = new ServerlessFile(project).resource("AWS::DynamoDB::Table");
        try (var client = client(address)) {
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

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitListening(Process process, int port, Path log) throws IOException {
        boolean listening = false;
        try {
            var giveUp = System.nanoTime() + START.toNanos();
            while (!listening && System.nanoTime() < giveUp && process.isAlive()) {
                listening = listens(port);
            }
        } finally {
            if (!listening) {
                process.destroyForcibly();
            }
        }
        if (!listening) {
            throw new IOException("it does not listen: " + Files.readString(log));
        }
    }

    private static boolean listens(int port) throws IOException {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (ConnectException _) {
            pause();
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it started", e);
        }
    }

    /**
     * Calls {@code listener} with the signal or exit code when DynamoDB Local has ended, also after {@link #close()},
     * but not when the terminal ended it, because that ends every process of the platform.
     */
    public void onEnd(Consumer<String> listener) {
        var _ = process.onExit().thenAccept(ended -> {
            var status = new ExitStatus(ended.exitValue());
            if (!status.isFromTerminal()) {
                listener.accept(status.reason());
            }
        });
    }

    /** The process of DynamoDB Local. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        folder.close();
    }
}
