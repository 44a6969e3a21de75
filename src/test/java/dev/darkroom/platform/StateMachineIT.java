package dev.darkroom.platform;

import static dev.darkroom.platform.StateMachineRun.input;
import static dev.darkroom.platform.StateMachineRun.inputUnderKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.core.account.Owner;
import dev.darkroom.infra.InfraTools;
import dev.darkroom.local.Platform;
import dev.darkroom.local.iam.Permission;
import dev.darkroom.local.provider.Fault;
import dev.darkroom.local.table.DynamoDbLocal;
import dev.darkroom.local.workflow.WaitingTask;
import dev.darkroom.platform.TableProxy.Moment;
import dev.darkroom.platform.TableProxy.Trap;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The deployed state machines, executed against the functions' processes and the simulator. */
class StateMachineIT {

    private static final String POLLING = "generate-image";
    private static final String CALLED_BACK = "generate-image-callback";
    private static final String POLL = "poll-generations";
    private static final String START = "start-generation";
    private static final long DOLLARS_PER_DAY = 1_000;

    /** A killed process has to be replaced, possibly on a busy machine. */
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    @SuppressWarnings("NullAway.Init")
    private static TableProxy proxy;

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    private final HashSet<String> tasksBefore = new HashSet<>();
    private int postsBefore;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        InfraTools.install();
        proxy = new TableProxy();
        gateway = RunningPlatform.start(RunningPlatform.options()
                .withTableThrough(proxy::before)
                .withTick(Duration.ofSeconds(1))
                .withEnvironment(Map.of(
                        "DARKROOM_SWEEP_LEASE",
                        "PT2S",
                        "DARKROOM_TIMEOUTS_FIRST_CHECK",
                        "PT0.6S",
                        "DARKROOM_BUDGET_MAX_PER_DAY",
                        Long.toString(DOLLARS_PER_DAY))));
        gateway.warmUp();
    }

    @AfterAll
    static void end() {
        gateway.close();
        proxy.close();
    }

    @BeforeEach
    void count() {
        postsBefore = posts();
        tasksBefore.addAll(gateway.platform().stepFunctions().tasks().keySet());
    }

    @AfterEach
    void nothingIsLeftDue() {
        gateway.platform().stepFunctions().watch((_, _) -> {});
        gateway.platform().simulator().watch(_ -> {});
        gateway.platform().simulator().misbehave(Map.of());
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(gateway.due()).isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {POLLING, CALLED_BACK})
    void anExecutionEndsWithTheImages(String machine) {
        var run = StateMachineRun.of(gateway, machine, input("a cat"));

        assertThat(run.status()).as(run.toString()).isEqualTo("SUCCEEDED");
        assertThat(run.states()).endsWith("Completed");
        assertThat(run.output().path("status").asText()).isEqualTo("completed");
        var read = gateway.requestWith(gateway.platform().createKey(new Owner("step-functions")))
                .get(run.output().at("/urls/get").asText())
                .jsonPath();
        // The workflow knows another address of this platform.
        assertThat(read.<String>getList("data.outputs"))
                .extracting(output -> URI.create(output).getPath())
                .containsExactly(
                        URI.create(run.output().at("/outputs/0").asText()).getPath());
        assertThat(read.getString("data.id")).isEqualTo(run.output().path("id").asText());
        assertThat(posts() - postsBefore).isEqualTo(1);
    }

    @Test
    void theOneThatPollsRetriesWhileTheGenerationRuns() {
        int pollsBefore = calls(POLLING, POLL);
        var simulator = gateway.platform().simulator();
        // The prediction runs until its second poll, however slow this machine is.
        simulator.misbehave(Map.of(Fault.UNKNOWN_STATUS, 1.0));
        simulator.watch(_ -> {
            if (calls(POLLING, POLL) > pollsBefore + 1) {
                simulator.misbehave(Map.of());
            }
        });

        var run = StateMachineRun.of(gateway, POLLING, input("a cat"));

        assertThat(Collections.frequency(run.states(), "Poll"))
                .isGreaterThan(1)
                .isEqualTo(calls(POLLING, POLL) - pollsBefore);
    }

    @Test
    void theMachineWithACallbackStartsOnceAndIsNotifiedOnce() {
        int startsBefore = calls(CALLED_BACK, START);

        StateMachineRun.of(gateway, CALLED_BACK, input("a cat"));

        assertThat(calls(CALLED_BACK, START) - startsBefore).isEqualTo(1);
        assertThat(calls(CALLED_BACK, POLL)).isZero();
        assertThat(task().answers()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {POLLING, CALLED_BACK})
    void aFailureOfTheProviderIsANamedFailure(String machine) {
        var run = StateMachineRun.of(gateway, machine, input("[fail]"));

        assertThat(run.status()).as(run.toString()).isEqualTo("FAILED");
        assertThat(run.states()).endsWith("GenerationFailed");
        assertThat(run.error()).isEqualTo("generation_failed");
        assertThat(run.cause())
                .isEqualTo("the provider could not generate the images: the simulator failed as requested");
    }

    @ParameterizedTest
    @CsvSource({
        POLLING + ", Start",
        CALLED_BACK + ", Generate",
    })
    void badInputFailsAtOnceAndNamesTheField(String machine, String state) {
        var run = StateMachineRun.of(gateway, machine, input(" "));

        assertThat(run.error()).isEqualTo("InvalidInput");
        assertThat(run.cause()).contains("input.prompt");
        assertThat(run.states()).containsExactly("Check", state, "InvalidInput");
        assertThat(posts() - postsBefore).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {POLLING, CALLED_BACK})
    void aBudgetThatIsUsedUpIsANamedError(String machine) {
        spendToday(DOLLARS_PER_DAY);

        var run = StateMachineRun.of(gateway, machine, input("a cat"));

        spendToday(-DOLLARS_PER_DAY);
        assertThat(run.status()).as(run.toString()).isEqualTo("FAILED");
        assertThat(run.error()).isEqualTo("BudgetExceeded");
        assertThat(run.cause()).contains("%d dollars for deployment until ".formatted(DOLLARS_PER_DAY));
        assertThat(run.states()).endsWith("BudgetExceeded");
        assertThat(posts() - postsBefore).isZero();
    }

    /** Of the budget of the deployment; tomorrow as well, because the day may end during the test. */
    private static void spendToday(long dollars) {
        var today = LocalDate.now(ZoneOffset.UTC);
        try (var client = DynamoDbLocal.client(gateway.platform().tableAddress())) {
            for (var day : List.of(today, today.plusDays(1))) {
                client.updateItem(update -> update.tableName(Platform.TABLE)
                        .key(Map.of("id", AttributeValue.fromS("budget#deployment#" + day)))
                        .updateExpression("ADD committed :more")
                        .expressionAttributeValues(
                                Map.of(":more", AttributeValue.fromN(Long.toString(dollars * 1_000_000)))));
            }
        }
    }

    @Test
    void anInputThatIsNestedTooDeeplyIsBadInputToo() {
        var deep = "[".repeat(1_100) + "]".repeat(1_100);

        var run = StateMachineRun.of(
                gateway,
                CALLED_BACK,
                "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": %s}}".formatted(deep));

        assertThat(run.error()).isEqualTo("InvalidInput");
        assertThat(run.states()).containsExactly("Check", "Generate", "InvalidInput");
        assertThat(posts() - postsBefore).isZero();
    }

    @Test
    void anInputWithoutItsFieldsFailsBeforeAnythingIsCalled() {
        var run = StateMachineRun.of(gateway, POLLING, "{\"prompt\": \"a cat\"}");

        assertThat(run.error()).isEqualTo("InvalidInput");
        assertThat(run.states()).containsExactly("Check", "IncompleteInput");
    }

    @Test
    void anExecutionEndsWithItsTime() {
        var run = StateMachineRun.of(
                gateway,
                POLLING,
                input("a cat"),
                "late",
                ", \"retryIntervalOverrides\": {\"Poll\": 5000}, \"timeoutSeconds\": 1");

        assertThat(run.status()).as(run.toString()).isEqualTo("TIMED_OUT");
    }

    @ParameterizedTest
    @CsvSource({POLLING + ", Start", CALLED_BACK + ", Generate"})
    void troubleWithTheTableIsTriedAgainAndPaidForOnce(String machine, String state) {
        // Each write is tried twice, so two refusals fail one attempt.
        proxy.refuse(2, body -> body.contains("troubled " + machine));

        var run = StateMachineRun.of(gateway, machine, input("troubled " + machine));

        assertThat(run.status()).as(run.toString()).isEqualTo("SUCCEEDED");
        assertThat(run.states()).containsSequence(state, state);
        assertThat(posts() - postsBefore).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({POLLING + ", Start", CALLED_BACK + ", Generate"})
    void aStartWhoseProcessDiesIsTriedAgainAndPaidForOnce(String machine, String state) {
        proxy.set(Trap.once(
                Moment.AFTER,
                body -> body.contains("PROCESSING"),
                () -> gateway.platform().kill(START)));

        var run = StateMachineRun.of(gateway, machine, input("a cat"));

        assertThat(run.status()).as(run.toString()).isEqualTo("SUCCEEDED");
        assertThat(run.states()).containsSequence("Check", state, state);
        assertThat(run.errors()).startsWith("Runtime.ExitError");
        assertThat(posts() - postsBefore).isEqualTo(1);
    }

    @Test
    void aPollWhoseProcessDiesIsTriedAgain() {
        // This run starts enough processes, so that the one that polls is running when it is to be killed.
        StateMachineRun.of(gateway, POLLING, input("a cat"));
        postsBefore = posts();
        int pollsBefore = calls(POLLING, POLL);
        // Sweeps read too: until the workflow has called again, any read may be theirs.
        proxy.set(Trap.eachTime(
                Moment.BEFORE,
                body -> body.contains("ConsistentRead") && calls(POLLING, POLL) == pollsBefore + 1,
                () -> gateway.platform().kill(POLL)));

        var run = StateMachineRun.of(gateway, POLLING, input("a dog"));

        assertThat(run.status()).as(run.toString()).isEqualTo("SUCCEEDED");
        assertThat(run.errors()).contains("Runtime.ExitError");
        assertThat(posts() - postsBefore).isEqualTo(1);
    }

    @Test
    void theNameOfAnExecutionIsItsIdempotencyKey() {
        var first = StateMachineRun.of(gateway, POLLING, input("a cat"), "order-1", "");
        var again = StateMachineRun.of(gateway, CALLED_BACK, input("a cat"), "order-1", "");
        var other = StateMachineRun.of(gateway, POLLING, input("a dog"), "order-1", "");

        assertThat(again.output().path("id")).isEqualTo(first.output().path("id"));
        assertThat(other.error()).isEqualTo("IdempotencyKeyReused");
        assertThat(posts() - postsBefore).isEqualTo(1);
    }

    @Test
    void theKeyOfTheInputIsTheIdempotencyKeyOfExecutionsOfAnyName() {
        var input = inputUnderKey("a cat", "\"order-2\"");

        var first = StateMachineRun.of(gateway, POLLING, input);
        var again = StateMachineRun.of(gateway, CALLED_BACK, input);
        var other = StateMachineRun.of(gateway, POLLING, inputUnderKey("a dog", "\"order-2\""));

        assertThat(first.states()).startsWith("Check", "StartUnderKey").endsWith("Completed");
        assertThat(again.states()).containsExactly("Check", "GenerateUnderKey", "Completed");
        assertThat(again.output().path("id")).isEqualTo(first.output().path("id"));
        assertThat(other.error()).isEqualTo("IdempotencyKeyReused");
        assertThat(posts() - postsBefore).isEqualTo(1);
    }

    /** Without any key, each retry would be another paid call. */
    @Test
    void aKeyOfNullIsTheNameOfTheExecution() {
        var input = inputUnderKey("a cat", "null");

        var first = StateMachineRun.of(gateway, POLLING, input, "order-3", "");
        var again = StateMachineRun.of(gateway, CALLED_BACK, input, "order-3", "");

        assertThat(again.output().path("id")).isEqualTo(first.output().path("id"));
        assertThat(posts() - postsBefore).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "7", "\"ключ\"", "{}"})
    void anInvalidKeyIsBadInput(String key) {
        var run = StateMachineRun.of(gateway, CALLED_BACK, inputUnderKey("a cat", key));

        assertThat(run.error()).isEqualTo("InvalidInput");
        assertThat(run.cause()).contains("idempotencyKey");
        assertThat(posts() - postsBefore).isZero();
    }

    /** A redrive begins with the state that failed, under the same execution name. */
    @ParameterizedTest
    @CsvSource({POLLING + ", Start", CALLED_BACK + ", Generate"})
    void anExecutionThatFailedForAPassingReasonCanBeResumedAndIsPaidForOnce(String machine, String state) {
        var input = input("late " + machine);
        var name = "resumed-" + machine;
        // There are seven attempts, and each tries its write twice.
        proxy.refuse(14, body -> body.contains("late " + machine));

        var failed = StateMachineRun.of(gateway, machine, input, name, "");
        var resumed = StateMachineRun.of(gateway, machine, input, name, "");

        assertThat(failed.status()).as(failed.toString()).isEqualTo("FAILED");
        assertThat(failed.error()).isEqualTo("dev.darkroom.errors.StoreUnavailableException");
        assertThat(failed.states()).endsWith(state);
        assertThat(resumed.status()).as(resumed.toString()).isEqualTo("SUCCEEDED");
        assertThat(posts() - postsBefore).isEqualTo(1);
    }

    @Test
    void aTaskIsAnsweredOnceAlthoughTheProcessDiesRightAfterIt() {
        var killed = new AtomicBoolean();
        gateway.platform().stepFunctions().watch((action, _) -> {
            if (action.equals("SendTaskSuccess") && !killed.getAndSet(true)) {
                gateway.killSweeps();
            }
        });

        var run = StateMachineRun.of(gateway, CALLED_BACK, input("a cat"));

        assertThat(run.status()).as(run.toString()).isEqualTo("SUCCEEDED");
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(gateway.due()).isZero());
        assertThat(killed).isTrue();
        assertThat(task().answers()).isEqualTo(1);
        assertThat(task().refused()).isEqualTo(1);
    }

    @Test
    void aTaskIsAnsweredAlthoughTheProcessDiesRightBeforeIt() {
        proxy.set(Trap.once(Moment.AFTER, body -> body.contains("COMPLETED"), () -> gateway.killSweeps()));

        var run = StateMachineRun.of(gateway, CALLED_BACK, input("a cat"));

        assertThat(run.status()).as(run.toString()).isEqualTo("SUCCEEDED");
        assertThat(task().answers()).isEqualTo(1);
        assertThat(task().refused()).isZero();
    }

    @Test
    void whatAWorkflowPollsIsSafeUnderManySweepsAtOnce() {
        var ticks = List.of(1, 2, 3, 4, 5, 6, 7, 8);
        gateway.platform()
                .simulator()
                .watch(_ -> ticks.forEach(_ -> gateway.platform().tick()));

        var run = StateMachineRun.of(gateway, POLLING, input("a cat"));
        gateway.platform().simulator().watch(_ -> {});

        assertThat(run.status()).as(run.toString()).isEqualTo("SUCCEEDED");
        assertThat(posts() - postsBefore).isEqualTo(1);
        var id = run.output().path("id").asText();
        assertThat(gateway.log().stream()
                        .filter(line -> line.contains("\"generation-completed\"") && line.contains(id)))
                .hasSize(1);
    }

    /** The task that is new in this test. */
    private WaitingTask task() {
        var tasks = gateway.platform().stepFunctions().tasks().entrySet().stream()
                .filter(task -> !tasksBefore.contains(task.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        assertThat(tasks).hasSize(1);
        return tasks.getFirst();
    }

    private static int calls(String machine, String function) {
        return gateway.platform()
                .iam()
                .times(new Permission(
                        machine,
                        "lambda:InvokeFunction",
                        "arn:aws:lambda:us-east-1:000000000000:function:" + function));
    }

    private static int posts() {
        return gateway.platform().simulator().posts();
    }
}
