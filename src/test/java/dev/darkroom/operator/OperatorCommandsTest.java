package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.GenerationStore.DueRow;
import dev.darkroom.core.webhook.Delivery;
import dev.darkroom.core.webhook.DeliveryAttempt;
import dev.darkroom.core.webhook.DeliveryLog;
import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.core.webhook.WebhookTarget;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.TestTable;
import dev.darkroom.local.provider.ProviderSimulator;
import dev.darkroom.local.provider.WebhookSender;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code make key}, {@code make stuck} and the other commands, on a local table. */
@ExtendWith(TestTable.class)
class OperatorCommandsTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("PORT", "1", "STAGE", "");
    private static final Owner OWNER = new Owner("acme");
    private static final Money PRICE = new Money(40_000);
    private static final GenerationRequest REQUEST = new GenerationRequest(
            new ModelId("wavespeed-ai/imagen4"), new ProviderId("wavespeed"), "{\"prompt\":\"a cat\"}");

    @TempDir
    private Path project = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    @BeforeEach
    void describeThePlatform(DynamoDbClient client) throws IOException {
        describe(client, "");
    }

    /** {@code others} are further members, each with a comma in front. */
    private void describe(DynamoDbClient client, String others) throws IOException {
        var address = client.serviceClientConfiguration()
                .endpointOverride()
                .map(URI::toString)
                .orElseThrow();
        Files.createDirectories(project.resolve("target/local"));
        Files.writeString(
                project.resolve("target/local/platform-1.json"),
                "{\"gateway\": \"%1$s\", \"table\": \"%1$s\", \"tableName\": \"%2$s\", \"bucket\": \"%1$s\", \"bucketName\": \"b\"%3$s}"
                        .formatted(address, TestTable.CONFIG.name(), others));
    }

    @Test
    void aKeyIsShownOnceAndListedByItsId() {
        run("create", "acme");
        var key = new ApiKey(out.toString(StandardCharsets.UTF_8).strip());
        run("list");

        assertThat(notes.toString(StandardCharsets.UTF_8))
                .contains("cannot be shown again")
                .doesNotContain(key.value());
        assertThat(listed(key)).contains("  enabled   acme").doesNotContain(key.value());
    }

    @Test
    void aKeyIsListedWithItsRoleAndItsLastDay() {
        run("create", "acme", "", "", "", "", "read", "2027-01-31");
        var key = new ApiKey(out.toString(StandardCharsets.UTF_8).strip());
        run("list");
        assertThat(listed(key)).endsWith("read until 2027-01-31  never used");

        out.reset();
        run("access", key.digest().id().value(), "", "never");
        run("list");

        assertThat(listed(key)).endsWith("read  never used");
    }

    @Test
    void theBudgetOfAKeyIsListedAndReplaced() {
        run("create", "acme", "25", "1mo", "20", "");
        var key = new ApiKey(out.toString(StandardCharsets.UTF_8).strip());
        run("list");
        assertThat(listed(key)).contains("  25/1mo soft 20  ");

        out.reset();
        run("update", key.digest().id().value(), "50.5", "1d", "none", "replaced");
        run("list");

        assertThat(listed(key)).contains("  50.5/1d of acme/replaced  ");
    }

    @Test
    void whatACommandDoesNotNameStays() {
        run("create", "acme", "25", "1mo", "20", "", "read", "2027-01-31");
        var key = new ApiKey(out.toString(StandardCharsets.UTF_8).strip());
        var id = key.digest().id().value();

        run("update", id, "30", "", "", "");
        run("access", id, "admin", "");
        run("list");

        assertThat(listed(key)).contains("  30/1mo soft 20  admin until 2027-01-31  ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"update", "access"})
    void aCommandThatNamesNothingChangesNothing(String command) {
        run("create", "acme", "25", "1mo", "", "", "read", "");
        var key = new ApiKey(out.toString(StandardCharsets.UTF_8).strip());

        assertThatThrownBy(() -> run(command, key.digest().id().value(), "", ""))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("name what changes");

        run("list");
        assertThat(listed(key)).contains("  25/1mo  read  ");
    }

    @Test
    void aBudgetIsRemovedByName() {
        run("create", "acme", "25");
        var key = new ApiKey(out.toString(StandardCharsets.UTF_8).strip());

        run("update", key.digest().id().value(), "none");
        run("list");

        assertThat(listed(key)).contains("  -  generate  ");
    }

    @Test
    void aSharedBudgetIsTheSameForAllItsKeysAndOfOneOwnerOnly() {
        run("create", "acme", "25", "1mo", "", "both");
        var first = new ApiKey(out.toString(StandardCharsets.UTF_8).strip());
        out.reset();
        assertThatThrownBy(() -> run("create", "acme", "5", "1d", "", "both"))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("the keys that share this budget have 25/1mo of acme/both");
        run("create", "acme", "25", "1mo", "", "both");
        var second = new ApiKey(out.toString(StandardCharsets.UTF_8).strip());
        out.reset();
        run("create", "another", "5", "1d", "", "both");
        var other = new ApiKey(out.toString(StandardCharsets.UTF_8).strip());

        run("update", first.digest().id().value(), "30");
        run("list");

        assertThat(listed(first)).contains("  30/1mo of acme/both  ");
        assertThat(listed(second)).contains("  30/1mo of acme/both  ");
        assertThat(listed(other)).contains("  5/1d of another/both  ");
    }

    @Test
    void aWrongRoleOrDayIsRefused() {
        assertThatThrownBy(() -> run("create", "acme", "", "", "", "", "owner", ""))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("ROLE must be generate, read or admin");
        assertThatThrownBy(() -> run("create", "acme", "", "", "", "", "", "tomorrow"))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("EXPIRES must be a day");
        assertThatThrownBy(() -> run("create", "acme", "", "", "", "", "", "2020-01-01"))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("EXPIRES must be today or later");
    }

    @Test
    void usageIsPrintedAsCsv() {
        run("usage", "2026-11-01", "2026-11-30", "model", "without-generations");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\"model\",\"generations\",\"failed\",\"images\",\"amount_usd\"\r\n");
        assertThat(notes.toString(StandardCharsets.UTF_8)).contains("0 generations, 0 images, 0.000000 dollars");
    }

    @Test
    void aWrongQuestionAboutUsageIsRefused() {
        assertThatThrownBy(() -> run("usage", "2026-11-02", "2026-11-01", "", ""))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("UNTIL must be");
        assertThatThrownBy(() -> run("usage", "", "", "prompt", ""))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("GROUP_BY must be");
    }

    @Test
    void aDisabledKeyIsListedAsSuch() {
        run("create", "acme");
        var key = new ApiKey(out.toString(StandardCharsets.UTF_8).strip());

        run("disable", key.digest().id().value());
        run("list");

        assertThat(listed(key)).contains("  disabled  acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acme", "a b", "-acme", "acme_2"})
    void anInvalidNameIsRefused(String name) {
        assertThatThrownBy(() -> run("create", name))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("NAME must be 1 to 63 lower-case letters");
        assertThatThrownBy(() -> run("export", name, "images"))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("OWNER must be 1 to 63 lower-case letters");
    }

    @Test
    void anUnknownIdIsRefused() {
        assertThatThrownBy(() -> run("disable", "0123456789abcdef"))
                .isInstanceOf(OperatorException.class)
                .hasMessage("there is no key 0123456789abcdef on this machine (port 1): see make keys");
        assertThatThrownBy(() -> run("disable", ""))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("ID must be 16");
    }

    @Test
    void withoutAPlatformItSaysHowToStartOne() throws IOException {
        Files.delete(project.resolve("target/local/platform-1.json"));

        assertThatThrownBy(() -> run("list"))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("nothing runs on port 1; start it with make run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "create", "stuck", "fail", "export"})
    void aTableThatIsNotThereIsNamed(String command) throws IOException {
        var file = project.resolve("target/local/platform-1.json");
        Files.writeString(file, Files.readString(file).replace(TestTable.CONFIG.name(), "elsewhere"));
        var argument = Set.of("create", "export").contains(command) ? "acme" : "0".repeat(32);

        assertThatThrownBy(() -> run(command, argument, command.equals("export") ? "images" : ""))
                .isInstanceOf(OperatorException.class)
                .hasMessage("there is no table elsewhere on this machine (port 1)");
    }

    @Test
    void anInvalidRegionIsRefused() {
        var main =
                new OperatorCli(Map.of("STAGE", "prod", "REGION", "us-east1"), project, printing(out), printing(notes));

        assertThatThrownBy(() -> main.run(List.of("list")))
                .isInstanceOf(OperatorException.class)
                .hasMessage("REGION must be a region, such as us-east-1, not us-east1");
    }

    @Test
    void onlyARowThatNeedsAnOperatorIsListed(DynamoDbClient client) {
        var stuck = unconfirmed(client, Duration.ofMinutes(20));
        var found = unconfirmed(client, Duration.ofMinutes(1));

        run("stuck");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern(stuck.id() + "  UNCONFIRMED +0 h 20 min  search +acme  sent at ")
                .doesNotContain(found.id().value());
        assertThat(notes.toString(StandardCharsets.UTF_8))
                .containsPattern("\\d+ rows? on this machine \\(port 1\\) needs? a person.")
                .contains("provider-call-failed");
    }

    @Test
    void anUnconfirmedRowWaitsForItsSecondSubmission(DynamoDbClient client) {
        var stuck = unconfirmed(client, Duration.ofMinutes(20));

        run("resubmit", stuck.id().value());

        var row = store(client).find(stuck.id()).orElseThrow();
        assertThat(row.state()).isInstanceOf(State.Queued.class);
        assertThat(row.version()).isEqualTo(stuck.version() + 1);
        assertThat(store(client)
                        .findQueued(new ProviderId("wavespeed"), Optional.empty(), 1000)
                        .rows())
                .extracting(DueRow::id)
                .contains(stuck.id());
        assertThatThrownBy(() -> run("resubmit", stuck.id().value()))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith(
                        "the row %s on this machine (port 1) cannot be resubmitted".formatted(stuck.id()));
    }

    @Test
    void aRowThatAnOperatorEndsHasAFailureCodeOfItsOwn(DynamoDbClient client) {
        var stuck = unconfirmed(client, Duration.ofMinutes(20));

        run("fail", stuck.id().value());

        var row = store(client).find(stuck.id()).orElseThrow();
        assertThat(row.dueAt()).isNull();
        assertThat(row.state())
                .isInstanceOfSatisfying(
                        State.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo("failed_by_operator"));
    }

    @Test
    void aRowThatNeedsNoOperatorIsNotChanged(DynamoDbClient client) {
        var found = unconfirmed(client, Duration.ofMinutes(1));

        assertThatThrownBy(() -> run("fail", found.id().value())).isInstanceOf(OperatorException.class);
        assertThatThrownBy(() -> run("resubmit", found.id().value())).isInstanceOf(OperatorException.class);
        assertThatThrownBy(() -> run("fail", "no-id"))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("ID must be 32");

        assertThat(store(client).find(found.id())).contains(found);
    }

    @Test
    void anOperatorSettlesARowOnce(DynamoDbClient client) {
        var row = failed(client, null);

        run("settle", row.id().value(), "0.04");

        assertThat(store(client).find(row.id()).flatMap(Generation::knownCost)).hasValueSatisfying(cost -> {
            assertThat(cost.state()).isEqualTo(Cost.State.CHARGED);
            assertThat(cost.charged()).isEqualTo(PRICE);
        });
        assertThatThrownBy(() -> run("settle", row.id().value(), "0"))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("cannot be settled");
        for (var amount : List.of("much", "40000", "")) {
            assertThatThrownBy(() -> run("settle", row.id().value(), amount))
                    .isInstanceOf(OperatorException.class)
                    .hasMessageStartingWith("AMOUNT must be");
        }
        assertThatThrownBy(() -> run("settle", row.id().value(), "0", "yes"))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("CORRECT must be");

        run("settle", row.id().value(), "0", "1");

        assertThat(store(client).find(row.id()).flatMap(Generation::knownCost))
                .map(Cost::state)
                .contains(Cost.State.RELEASED);
    }

    @Test
    void theBillSettlesARowThatHasFailed(DynamoDbClient client) throws Exception {
        try (var simulator = new ProviderSimulator(Duration.ZERO, 1, WebhookSender.SECRET);
                var http = HttpClient.newHttpClient()) {
            submit(simulator, http);
            describe(client, ", \"provider\": \"%s\"".formatted(simulator.address()));
            run("create", OWNER.value());
            var row = failed(client, new PredictionId(simulator.predictions().getFirst()));

            run("reconcile", LocalDate.now(ZoneOffset.UTC).toString());

            assertThat(store(client).find(row.id()).flatMap(Generation::knownCost))
                    .map(Cost::charged)
                    .contains(PRICE);
            assertThat(notes.toString(StandardCharsets.UTF_8)).contains("1 predictions on the bill");
        }
    }

    private static void submit(ProviderSimulator simulator, HttpClient http) throws Exception {
        var request = HttpRequest.newBuilder(simulator.address().resolve("/api/v3/wavespeed-ai/imagen4"))
                .header("Authorization", "Bearer key")
                .POST(BodyPublishers.ofString("{\"prompt\": \"a cat\"}"))
                .build();
        http.send(request, BodyHandlers.discarding());
    }

    /** A row whose call was sent and may be billed; {@code prediction} is null when it was never found. */
    private static Generation failed(DynamoDbClient client, @Nullable PredictionId prediction) {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var row = Generation.submitting(newId(), OWNER, REQUEST, TestClaims.claim("claim", now), now.plusSeconds(2))
                .costing(Cost.held(PRICE, 1, List.of(), 1));
        store(client).create(row);
        var sent = prediction == null
                ? row.unconfirmed(new State.Unconfirmed(TestClaims.attempt("claim", now), "HTTP 504"), now, now)
                : row.submitted(prediction, now, now);
        store(client).update(sent);
        var failed = sent.failed(new Failure("submission_unconfirmed", "no prediction was found"), now);
        store(client).update(failed);
        return failed;
    }

    @Test
    void theAttemptsOfWebhooksAreListedWithoutTheirAddresses(DynamoDbClient client) {
        var owner = new Owner("owner-of-webhooks");
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var target = new WebhookTarget(
                WebhookForm.STANDARD,
                WebhookTarget.ALL,
                new WebhookTarget.Address(URI.create("https://receiver.example/hook?token=secret")));
        var queued = Generation.queued(newId(), owner, REQUEST, now, 1).owing(List.of(new DeliverWebhook(target)));
        var row = queued.failed(Failure.NEVER_SUBMITTED, now)
                .with(DeliveryLog.EMPTY.with(
                        target, new DeliveryAttempt(now, 503, Duration.ofMillis(20), ""), Delivery.Outcome.PENDING));
        store(client).create(row);

        run("deliveries", owner.value(), "");
        run("deliveries", "", row.id().value());

        var line = "%s  receiver.example  pending    %s  HTTP 503  20 ms".formatted(row.id(), now);
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly(line, line);
        delete(row.id().value(), client);
    }

    @Test
    void aRowThatDoesNotExistIsReported() {
        assertThatThrownBy(() -> run("fail", "0".repeat(32)))
                .isInstanceOf(OperatorException.class)
                .hasMessage("there is no row %s on this machine (port 1)".formatted("0".repeat(32)));
    }

    @Test
    void aRowThatCannotBeReadHasALineOfItsOwn(DynamoDbClient client) {
        var stuck = unconfirmed(client, Duration.ofMinutes(20));
        var broken = unconfirmed(client, Duration.ofMinutes(20));
        remove("sentAt", broken, client);

        run("stuck");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(stuck.id() + "  UNCONFIRMED", broken.id() + "  cannot be read: an item without sentAt");
    }

    /** The queue is a separate shard of the index. */
    @Test
    void aQueuedRowThatCannotBeReadAndAnEntryWithoutARowAreListed(DynamoDbClient client) {
        var queued = Generation.queued(newId(), OWNER, REQUEST, Instant.now().truncatedTo(ChronoUnit.MILLIS), 1);
        store(client).create(queued);
        remove("input", queued, client);
        var noRow = "no-id-" + UUID.randomUUID();
        client.putItem(put -> put.tableName(TestTable.CONFIG.name())
                .item(Map.of(
                        "id", AttributeValue.fromS(noRow),
                        "dueShard", AttributeValue.fromS("0"),
                        "dueAt", AttributeValue.fromN("0"))));

        try {
            run("stuck");
        } finally {
            // Other tests sweep this table.
            Stream.of(queued.id().value(), noRow).forEach(id -> delete(id, client));
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .contains(
                        queued.id() + "  cannot be read: an item without input",
                        noRow + "  is in the index and is not the id of a generation");
    }

    /** Rows of an earlier version have no such attribute. */
    @Test
    void anUnconfirmedRowWithoutAReasonIsLikeAnyOther(DynamoDbClient client) {
        var stuck = unconfirmed(client, Duration.ofMinutes(20));
        remove("lastError", stuck, client);

        run("fail", stuck.id().value());

        assertThat(store(client).find(stuck.id()).orElseThrow().state()).isInstanceOf(State.Failed.class);
    }

    /** It is not in the index of owners any more. */
    @Test
    void aDeletedGenerationIsExportedAsALineOfTheTable(DynamoDbClient client) throws IOException {
        var owner = new Owner("deleting");
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var row = new Generation(
                newId(),
                owner,
                REQUEST.keepingImages(new LinkToken("a".repeat(32))),
                now,
                1,
                now,
                new State.Processing(new PredictionId(newId().value()), now, "wavespeed-ai/imagen4"));
        store(client).create(row);
        var completed = row.completed(new State.Completed(
                new PredictionId("p1"), List.of(new Output("https://x/1.png", false)), Duration.ZERO, now));
        store(client).update(completed);
        var deleted = completed.deleted(now);
        store(client).update(deleted);

        try {
            run("export", "deleting", "images");
        } finally {
            // Other tests sweep this table.
            delete(row.id().value(), client);
        }

        assertThat(Files.readAllLines(project.resolve("images/deleting.csv")))
                .hasSize(2)
                .last()
                .asString()
                .startsWith(
                        "\"\",\"deleted\",\"its owner has deleted the generation\",\"%s\",\"0\"".formatted(row.id()));
        assertThat(notes.toString(StandardCharsets.UTF_8)).contains("Done: 1 deleted.");
    }

    @Test
    void anOwnerWithoutGenerationsHasNothingToExport() {
        run("create", "nothing");

        assertThatThrownBy(() -> run("export", "nothing", "images"))
                .isInstanceOf(OperatorException.class)
                .hasMessage("the owner nothing has no generations on this machine (port 1)");
        assertThatThrownBy(() -> run("export", "nothing", ""))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("TO must be a folder");
    }

    private static void remove(String attribute, Generation row, DynamoDbClient client) {
        client.updateItem(update -> update.tableName(TestTable.CONFIG.name())
                .key(key(row.id().value()))
                .updateExpression("REMOVE #attribute")
                .expressionAttributeNames(Map.of("#attribute", attribute)));
    }

    private static void delete(String id, DynamoDbClient client) {
        client.deleteItem(delete -> delete.tableName(TestTable.CONFIG.name()).key(key(id)));
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    private static GenerationId newId() {
        return new GenerationId(UUID.randomUUID().toString().replace("-", ""));
    }

    /** A row whose paid call was sent {@code age} ago and has no outcome. */
    private static Generation unconfirmed(DynamoDbClient client, Duration age) {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var sentAt = now.minus(age);
        var row = Generation.submitting(
                newId(), OWNER, REQUEST, TestClaims.claim("claim", sentAt), sentAt.plusSeconds(2));
        var unconfirmed =
                row.unconfirmed(new State.Unconfirmed(TestClaims.attempt("claim", sentAt), "HTTP 504"), now, now);
        store(client).create(row);
        store(client).update(unconfirmed);
        return unconfirmed;
    }

    private static GenerationStore store(DynamoDbClient client) {
        return new DynamoDbGenerationStore(client, TestTable.CONFIG, InstantSource.system());
    }

    private void run(String... arguments) {
        new OperatorCli(ENVIRONMENT, project, printing(out), printing(notes)).run(List.of(arguments));
    }

    private String listed(ApiKey key) {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(key.digest().id().value()))
                .findFirst()
                .orElseThrow();
    }

    private static PrintStream printing(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
