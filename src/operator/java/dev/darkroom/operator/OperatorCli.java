package dev.darkroom.operator;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.store.StoreRefusedException;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.errors.StoreUnavailableException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
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

/** The commands of operators, such as {@code make key}, {@code make stuck} and {@code make model}. */
public final class OperatorCli {

    private static final String DEFAULT_PORT = "8080";

    /** An error that an operator can understand and act on. */
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

    /** Results, such as a new key, go to {@code out}; all other text goes to {@code notes}. */
    OperatorCli(Map<String, String> environment, Path project, PrintStream out, PrintStream notes) {
        this.environment = environment;
        this.project = project;
        this.out = out;
        this.notes = notes;
    }

    /** Runs a command with its argument; {@code STAGE} or {@code PORT} in the environment selects the deployment. */
    public static void main(String[] arguments) {
        // Programs read these numbers too.
        Locale.setDefault(Locale.ROOT);
        try {
            new OperatorCli(System.getenv(), Path.of("").toAbsolutePath(), System.out, System.err)
                    .run(List.of(arguments));
        } catch (RuntimeException e) {
            System.err.println("darkroom: " + (e instanceof OperatorException ? e.getMessage() : e));
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
                            "cannot be resubmitted: it is not UNCONFIRMED, or it was sent within the last ten minutes and may still be found",
                            "A sweep sends %s once more within a minute.");
                case "fail" ->
                    change(
                            generation("fail", argument),
                            StuckRows::fail,
                            "cannot be ended: it has ended already, or it needs no person (see make stuck)",
                            "%s has ended as failed.");
                case "model" -> catalogue().write(model(argument));
                case "models" -> catalogue().compare();
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

    private static ApiKeyId id(String id) {
        return ApiKeyId.parse(id)
                .orElseThrow(
                        () -> new OperatorException(
                                "ID must be 16 lower-case hexadecimal digits, as make keys lists them: make key-disable ID=0123456789abcdef"));
    }

    private void create(Owner owner) {
        try (var client = client()) {
            var key = table(client).create(owner);
            out.println(key.value());
            notes.printf(
                    "This is a key for %s %s. It is stored nowhere and cannot be shown again; its id is %s.%n",
                    owner, place(), key.digest().id());
        }
    }

    private void list() {
        try (var client = client()) {
            var keys = table(client).all();
            if (keys.isEmpty()) {
                notes.printf("There are no keys %s. Make one: make key NAME=acme%n", place());
            }
            keys.forEach(key -> out.printf(
                    "%s  %s  %-8s  %s%n",
                    key.digest().id(), key.createdAt(), key.disabled() ? "disabled" : "enabled", key.owner()));
        }
    }

    private void disable(ApiKeyId id) {
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

    private static ModelId model(String id) {
        return ModelId.parse(id)
                .orElseThrow(() -> new OperatorException(
                        "ID must be the id of a model, such as google/nano-banana-2/text-to-image, not " + id));
    }

    private CatalogueCommands catalogue() {
        var live = LiveCatalogue.of(environment, this::simulator);
        return new CatalogueCommands(new CatalogueFiles(project), live, out, notes);
    }

    private Optional<URI> simulator() {
        try {
            return running().simulator();
        } catch (OperatorException _) {
            return Optional.empty();
        }
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
                        "For the last failed search or poll of a row, see the event provider-call-failed with its id in the log.");
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

    /** Changed rows are due in shard 0, which every deployment has; ended rows are kept for 30 days. */
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
        return stage().map("darkroom-%s-generations"::formatted)
                .orElseGet(() -> running().tableName());
    }

    private LocalPlatform running() {
        return LocalPlatform.at(project, port());
    }

    private DynamoDbClient client() {
        var builder = DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        if (stage().isPresent()) {
            return builder.region(Region.of(region().name()))
                    .credentialsProvider(credentials())
                    .build();
        }
        return builder.region(Region.US_EAST_1)
                .endpointOverride(running().table())
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
}
