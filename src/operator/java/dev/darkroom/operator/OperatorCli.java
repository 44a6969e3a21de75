package dev.darkroom.operator;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.store.StoreRefusedException;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.DynamoDbOwnerIndex;
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
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The commands of operators, such as {@code make key}, {@code make stuck} and {@code make model}. */
public final class OperatorCli {

    /** An error that an operator can understand and act on. */
    static final class OperatorException extends RuntimeException {

        OperatorException(String message) {
            super(message, null, false, false);
        }
    }

    /** In micro-dollars. No generation costs more; an amount without its decimal point would. */
    private static final Money MAX_BILLED = new Money(1_000_000_000);

    private record Config(String name, int shards, Duration retention) implements TableConfig {}

    private static final Duration RETENTION = Duration.ofDays(30);

    private final Map<String, String> environment;
    private final Path project;
    private final Deployment deployment;
    private final PrintStream out;
    private final PrintStream notes;

    /** Results, such as a new key, go to {@code out}; all other text goes to {@code notes}. */
    OperatorCli(Map<String, String> environment, Path project, PrintStream out, PrintStream notes) {
        this.environment = environment;
        this.project = project;
        this.deployment = new Deployment(environment, project);
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
        var argument = argument(arguments, 1);
        deployment.stage().ifPresent(stage -> notes.printf("Stage %s in %s.%n", stage, deployment.region()));
        try {
            switch (arguments.getFirst()) {
                case "create" ->
                    keys().create(
                                    owner("NAME", "key", argument),
                                    budget(arguments),
                                    new KeyAccessArguments(argument(arguments, 6), argument(arguments, 7)));
                case "update" -> keys().setBudget(id(argument), budget(arguments));
                case "access" ->
                    keys().setAccess(
                                    id(argument),
                                    new KeyAccessArguments(argument(arguments, 2), argument(arguments, 3)));
                case "list" -> keys().list();
                case "disable" -> keys().disable(id(argument));
                case "usage" ->
                    billing(commands -> commands.usage(
                            argument, argument(arguments, 2), argument(arguments, 3), argument(arguments, 4)));
                case "reconcile" -> billing(commands -> commands.reconcile(argument, live().bill()));
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
                case "settle" -> settle(generation("settle", argument), argument(arguments, 2), argument(arguments, 3));
                case "export" -> export(owner("OWNER", "export", argument), argument(arguments, 2));
                case "deliveries" -> deliveries(argument, argument(arguments, 2));
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

    private static String argument(List<String> arguments, int number) {
        return arguments.size() > number ? arguments.get(number) : "";
    }

    private OperatorException refused(@Nullable String what, @Nullable Throwable cause) {
        if (cause instanceof ResourceNotFoundException) {
            var hint = deployment.stage().isPresent() ? "; if the stage is in another region, name it: REGION=…" : "";
            return new OperatorException("there is no table %s %s%s".formatted(tableName(), place(), hint));
        }
        return new OperatorException("%s %s: %s".formatted(what, place(), cause == null ? "" : cause.getMessage()));
    }

    private static Owner owner(String variable, String command, String name) {
        return Owner.parse(name)
                .orElseThrow(() -> new OperatorException(
                        "%1$s must be 1 to 63 lower-case letters, digits and inner hyphens, as in make %2$s %1$s=acme"
                                .formatted(variable, command)));
    }

    private static ApiKeyId id(String id) {
        return ApiKeyId.parse(id)
                .orElseThrow(() -> new OperatorException(
                        "ID must be 16 lower-case hexadecimal digits, as make keys lists them: ID=0123456789abcdef"));
    }

    private static KeyBudgetArguments budget(List<String> arguments) {
        return new KeyBudgetArguments(IntStream.range(2, 6)
                .mapToObj(number -> argument(arguments, number))
                .toList());
    }

    private KeyCommands keys() {
        return new KeyCommands(deployment, out, notes);
    }

    private void billing(Consumer<BillingCommands> command) {
        try (var client = client()) {
            command.accept(new BillingCommands(client, config(), Clock.tickMillis(ZoneOffset.UTC), out, notes));
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
        return new CatalogueCommands(new CatalogueFiles(project), live(), out, notes);
    }

    private LiveCatalogue live() {
        return LiveCatalogue.of(environment, this::simulator);
    }

    private Optional<URI> simulator() {
        try {
            return deployment.running().simulator();
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

    private void export(Owner owner, String to) {
        if (to.isBlank()) {
            throw new OperatorException("TO must be a folder, as in make export OWNER=acme TO=images");
        }
        try (var client = client()) {
            var rows = new OwnerRows(client, tableName()).of(owner);
            if (rows.isEmpty()) {
                throw new OperatorException("the owner %s has no generations %s".formatted(owner, place()));
            }
            var images = new OwnedImages(
                    new DynamoDbOwnerIndex(client, config()),
                    id -> notes.printf("The row %s cannot be read (see make stuck).%n", id));
            try (var downloads = new BucketDownloads(deployment.archive(client))) {
                new ExportCommand(images, downloads, notes).run(owner, rows, project.resolve(to));
            }
        }
    }

    private void deliveries(String owner, String id) {
        try (var client = client()) {
            var lines = new DeliveryLines(new DynamoDbOwnerIndex(client, config()));
            var found = id.isBlank()
                    ? lines.of(owner("OWNER", "deliveries", owner))
                    : lines.of(generation("deliveries", id));
            found.forEach(out::println);
            notes.printf("%d attempts %s.%n", found.size(), place());
        }
    }

    private void settle(GenerationId id, String amount, String correct) {
        var billed = Money.parse(amount)
                .filter(dollars -> dollars.compareTo(MAX_BILLED) <= 0)
                .orElseThrow(
                        () -> new OperatorException(
                                "AMOUNT must be what the provider has billed for the row, in dollars up to 1000, or 0: make settle ID=… AMOUNT=0.04"));
        if (!correct.isBlank() && !correct.equals("1")) {
            throw new OperatorException("CORRECT must be 1 or empty, not " + correct);
        }
        change(
                id,
                (rows, row) -> correct.isBlank() ? rows.settle(row, billed) : rows.correct(row, billed),
                "cannot be settled: it has not ended, has no price, or its cost is not unconfirmed; CORRECT=1 changes one that is settled",
                "%%s costs %s dollars.".formatted(billed));
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
        return new StuckRows(
                new DynamoDbGenerationStore(client, config(), InstantSource.system()),
                Clock.tickMillis(ZoneOffset.UTC));
    }

    private TableConfig config() {
        return new Config(tableName(), 1, RETENTION);
    }

    private String place() {
        return deployment.place();
    }

    private String tableName() {
        return deployment.tableName();
    }

    private DynamoDbClient client() {
        return deployment.client();
    }
}
