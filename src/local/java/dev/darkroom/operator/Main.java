package dev.darkroom.operator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.application.StoreRefusedException;
import dev.darkroom.application.StoreUnavailableException;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.KeyId;
import dev.darkroom.domain.Owner;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.TableConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** {@code make key}, {@code make keys}, {@code make key-disable}, {@code make stuck}, {@code make resubmit} and {@code make fail}. */
public final class Main {

    private static final String DEFAULT_PORT = "8080";

    /** What went wrong, in the operator's words. */
    static final class OperatorException extends RuntimeException {

        OperatorException(String message) {
            super(message, null, false, false);
        }
    }

    private record Config(String name, int shards, Duration retention) implements TableConfig {}

    private static final Duration RETENTION = Duration.ofDays(30);

    private final Map<String, String> environment;
    private final Path project;
    private final PrintStream out;
    private final PrintStream notes;

    /** The key itself goes to {@code out}, what is said about it to {@code notes}. */
    Main(Map<String, String> environment, Path project, PrintStream out, PrintStream notes) {
        this.environment = environment;
        this.project = project;
        this.out = out;
        this.notes = notes;
    }

    /** A command and its argument; where, says the environment: {@code STAGE} or {@code PORT}. */
    public static void main(String[] arguments) {
        try {
            new Main(System.getenv(), Path.of("").toAbsolutePath(), System.out, System.err).run(List.of(arguments));
        } catch (OperatorException e) {
            System.err.println("darkroom: " + e.getMessage());
            System.exit(1);
        }
    }

    void run(List<String> arguments) {
        var argument = arguments.size() > 1 ? arguments.get(1) : "";
        stage().ifPresent(stage -> notes.printf("Stage %s in %s.%n", stage, region()));
        try {
            switch (arguments.getFirst()) {
                case "create" -> create(owner(argument));
                case "list" -> list();
                case "disable" -> disable(id(argument));
                case "stuck" -> stuck();
                case "resubmit" ->
                    change(
                            generation("resubmit", argument),
                            StuckRows::resubmit,
                            "is not unconfirmed for ten minutes, so there is nothing to send, or it may still be found",
                            "A sweep of the next minute sends %s once more.");
                case "fail" ->
                    change(
                            generation("fail", argument),
                            StuckRows::fail,
                            "has ended, or needs nobody: see make stuck",
                            "%s has ended as failed.");
                case String other -> throw new OperatorException("there is no command " + other);
            }
        } catch (StoreUnavailableException | StoreRefusedException e) {
            throw refused(e.getMessage(), e.getCause());
        } catch (SdkException e) {
            throw refused("the table did not answer", e);
        }
    }

    private OperatorException refused(@Nullable String what, @Nullable Throwable cause) {
        if (cause instanceof ResourceNotFoundException) {
            var hint = stage().isPresent() ? "; if the stage is in another region, name it: REGION=…" : "";
            return new OperatorException("there is no table %s %s%s".formatted(tableName(), place(), hint));
        }
        return new OperatorException("%s %s: %s".formatted(what, place(), cause == null ? "" : cause.getMessage()));
    }

    private static Owner owner(String name) {
        return Owner.parse(name)
                .orElseThrow(() -> new OperatorException(
                        "NAME must be 1 to 63 lower-case letters, digits and inner hyphens, as in make key NAME=acme"));
    }

    private static KeyId id(String id) {
        return KeyId.parse(id)
                .orElseThrow(
                        () -> new OperatorException(
                                "ID must be 16 lower-case hexadecimal digits, as make keys lists them: make key-disable ID=0123456789abcdef"));
    }

    private void create(Owner owner) {
        try (var client = client()) {
            var key = table(client).create(owner);
            out.println(key.value());
            notes.printf(
                    "That is a key for %s %s. It is stored nowhere and cannot be shown again; its id is %s.%n",
                    owner, place(), key.digest().id());
        }
    }

    private void list() {
        try (var client = client()) {
            var keys = table(client).all();
            if (keys.isEmpty()) {
                notes.printf("There are no keys %s: make key NAME=acme%n", place());
            }
            keys.forEach(key -> out.printf(
                    "%s  %s  %-8s  %s%n",
                    key.digest().id(), key.createdAt(), key.disabled() ? "disabled" : "enabled", key.owner()));
        }
    }

    private void disable(KeyId id) {
        try (var client = client()) {
            if (!table(client).disable(id)) {
                throw new OperatorException("there is no key %s %s: see make keys".formatted(id, place()));
            }
            notes.printf("The key %s stops working within five minutes.%n", id);
        }
    }

    private static GenerationId generation(String command, String id) {
        return GenerationId.parse(id)
                .orElseThrow(() -> new OperatorException(
                        "ID must be 32 lower-case hexadecimal digits, as make stuck lists them: make %s ID=0123456789abcdef0123456789abcdef"
                                .formatted(command)));
    }

    private void stuck() {
        try (var client = client()) {
            var pending = client
                    .scanPaginator(scan -> scan.tableName(tableName()).indexName("due"))
                    .items()
                    .stream()
                    .flatMap(item -> Optional.ofNullable(item.get("id")).stream())
                    .map(AttributeValue::s)
                    .filter(id -> !id.startsWith("key#"));
            var lines = rows(client).lines(pending);
            lines.forEach(out::println);
            notes.printf(
                    lines.size() == 1 ? "1 row %2$s needs a person.%n" : "%1$d rows %2$s need a person.%n",
                    lines.size(),
                    place());
            if (!lines.isEmpty()) {
                notes.println(
                        "What a search or a poll was answered last is in the log: the event provider-unclear with the row's id.");
            }
        }
    }

    private void change(GenerationId id, BiPredicate<StuckRows, GenerationId> change, String otherwise, String done) {
        try (var client = client()) {
            var rows = rows(client);
            if (!rows.exists(id)) {
                throw new OperatorException("there is no row %s %s".formatted(id, place()));
            }
            if (!change.test(rows, id)) {
                throw new OperatorException("the row %s %s %s".formatted(id, place(), otherwise));
            }
            notes.println(done.formatted(id));
        }
    }

    /** What is changed here is due in shard 0: every deployment has that one. A row that is ended is kept for 30 days. */
    private StuckRows rows(DynamoDbClient client) {
        var config = new Config(tableName(), 1, RETENTION);
        return new StuckRows(
                new DynamoDbGenerationStore(client, config, InstantSource.system()), Clock.tickMillis(ZoneOffset.UTC));
    }

    private KeyTable table(DynamoDbClient client) {
        return new KeyTable(client, tableName(), InstantSource.system());
    }

    private Optional<String> stage() {
        return given("STAGE");
    }

    private String port() {
        return given("PORT").orElse(DEFAULT_PORT);
    }

    private StageRegion region() {
        return StageRegion.of(environment);
    }

    private Optional<String> given(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    private String place() {
        return stage().map(stage -> "of stage %s in %s".formatted(stage, region().name()))
                .orElseGet(() -> "on this machine (port %s)".formatted(port()));
    }

    private String tableName() {
        return stage().map("darkroom-%s-generations"::formatted).orElseGet(() -> running("tableName"));
    }

    private DynamoDbClient client() {
        var builder = DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        if (stage().isPresent()) {
            return builder.region(Region.of(region().name()))
                    .credentialsProvider(credentials())
                    .build();
        }
        return builder.region(Region.US_EAST_1)
                .endpointOverride(URI.create(running("table")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    private AwsCredentialsProvider credentials() {
        var builder = DefaultCredentialsProvider.builder();
        StageRegion.profile(environment).ifPresent(builder::profileName);
        var provider = builder.build();
        try {
            provider.resolveCredentials();
            return provider;
        } catch (SdkClientException _) {
            throw new OperatorException(
                    "there are no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        }
    }

    /** What the platform that runs here has written about itself. */
    private String running(String field) {
        var file = project.resolve("target/local/platform-%s.json".formatted(port()));
        try {
            if (Files.exists(file)) {
                return new JsonMapper().readTree(file.toFile()).required(field).textValue();
            }
        } catch (IOException e) {
            throw new OperatorException("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
        throw new OperatorException(
                "nothing runs on port %s: start it with make run, or name a deployed stage with STAGE=prod"
                        .formatted(port()));
    }
}
