package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.dynamodb.DynamoDbBudgets;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.TestTable;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@code make settle} decides what a row has cost of which only the provider knows. */
@ExtendWith(TestTable.class)
class BillingCommandsTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOON);
    private static final Money PRICE = new Money(40_000);

    private final DynamoDbClient client;
    private final GenerationStore store;
    private final SpendLimit limit =
            new SpendLimit(BudgetScope.shared("b" + unique()), BudgetPeriod.TOTAL, new Money(1_000_000));
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();
    private final BillingCommands commands;

    BillingCommandsTest(DynamoDbClient client) {
        this.client = client;
        this.store = new DynamoDbGenerationStore(client, TestTable.CONFIG, CLOCK);
        var stream = new PrintStream(notes, true, StandardCharsets.UTF_8);
        this.commands = new BillingCommands(client, TestTable.CONFIG, CLOCK, stream, stream);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, RELEASED, 0.000000", "0.04, 40000, CHARGED, 0.040000", "0.01, 10000, CHARGED, 0.010000"})
    void theAmountIsWhatTheRowHasCost(String amount, long micros, Cost.State state, String named) {
        var row = unconfirmed();

        commands.settle(row.id(), amount);

        var cost = store.find(row.id()).flatMap(Generation::knownCost).orElseThrow();
        assertThat(cost.state()).isEqualTo(state);
        assertThat(use()).isEqualTo(new BudgetUse(new Money(micros), new Money(micros)));
        assertThat(notes.toString(StandardCharsets.UTF_8))
                .isEqualTo("%s has cost %s dollars.%n".formatted(row.id(), named));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "0.0000001", "four"})
    void anAmountThatIsNoneIsRefused(String amount) {
        var row = unconfirmed();

        assertThatThrownBy(() -> commands.settle(row.id(), amount))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("AMOUNT must be dollars");
        assertThat(use().committed()).isEqualTo(PRICE);
    }

    @Test
    void aRowWhoseCostIsKnownIsNotSettled() {
        var row = unconfirmed();
        commands.settle(row.id(), "0.04");

        assertThatThrownBy(() -> commands.settle(row.id(), "0"))
                .isInstanceOf(OperatorException.class)
                .hasMessageEndingWith("its cost is not unconfirmed, but charged");
        assertThat(use().committed()).isEqualTo(PRICE);
    }

    @Test
    void aRowThatHasNotEndedIsNotSettled() {
        var row = submitting();

        assertThatThrownBy(() -> commands.settle(row.id(), "0"))
                .isInstanceOf(OperatorException.class)
                .hasMessageEndingWith("its cost is not unconfirmed, but held");
    }

    @Test
    void aRowThatDoesNotExistIsReported() {
        assertThatThrownBy(() -> commands.settle(new GenerationId(unique()), "0"))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("there is no row");
    }

    private BudgetUse use() {
        return new DynamoDbBudgets(client, TestTable.CONFIG).use(limit.windowAt(NOON));
    }

    private Generation submitting() {
        var request = new GenerationRequest(
                new ModelId("acme/one"), new ProviderId("acme"), "{\"prompt\":\"a cat\"}");
        var row = Generation.submitting(
                        new GenerationId(unique()),
                        new Owner("acme"),
                        request,
                        TestClaims.claim("claim", NOON),
                        NOON.plusSeconds(2))
                .costing(Cost.held(PRICE, 1, List.of(limit.windowAt(NOON)), 1));
        store.create(row, List.of(limit));
        return row;
    }

    /** It was sent, and no answer came. */
    private Generation unconfirmed() {
        var row = submitting();
        var sent = row.unconfirmed(
                new State.Unconfirmed(TestClaims.attempt("claim", NOON), "HTTP 504"), NOON, NOON.plusSeconds(60));
        store.update(sent);
        var failed = sent.failed(new Failure("failed_by_operator", "ended"), NOON.plusSeconds(60));
        store.update(failed);
        return failed;
    }

    private static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
