package dev.darkroom.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.application.SubmitGeneration.Command;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Output;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.RateLimits;
import dev.darkroom.domain.State;
import dev.darkroom.dynamodb.CountedUnits;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.DynamoDbSubmissionGateStore;
import dev.darkroom.dynamodb.TestTable;
import dev.darkroom.models.JsonSchemaCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What a generation costs at the table, as the table counts it; a sweep's lease is shared by many and not in it. */
@ExtendWith(TestTable.class)
class WriteUnitsTest {

    private static final double MOST = 6;

    private final TestClock clock = new TestClock();
    private final CountedUnits units;
    private final GenerationStore store;
    private final AdvanceGeneration advance;
    private final SubmitGeneration submit;
    private final GoodProvider provider = new GoodProvider();

    WriteUnitsTest(DynamoDbClient client) {
        units = new CountedUnits(client);
        store = new DynamoDbGenerationStore(units.client(), TestTable.CONFIG, clock);
        var events = new RecordedEvents();
        var tasks = new FakeWorkflowTasks();
        advance = new AdvanceGeneration(
                new GenerationContext(store, events, _ -> {}, clock), provider, tasks, Core.TIMEOUTS);
        submit = submit(Core.UNLIMITED);
    }

    private SubmitGeneration submit(RateLimits limits) {
        var events = new RecordedEvents();
        var context = new GenerationContext(store, events, _ -> {}, clock);
        var gates = new DynamoDbSubmissionGateStore(units.client(), TestTable.CONFIG);
        var admission = new AdmissionControl(new SharedGate(gates, events, _ -> {}, clock), context, limits);
        var claims = new Claims(Core.TIMEOUTS, WriteUnitsTest::unique);
        var paidCall = new PaidCall(context, provider, admission, claims);
        return new SubmitGeneration(
                context, new JsonSchemaCatalogue(), paidCall, admission, () -> new GenerationId(unique()));
    }

    @AfterEach
    void close() {
        TestTable.forgetGate(units.client());
        units.close();
    }

    @Test
    void aGenerationThatGoesWellCostsSixAtMost() {
        var submitted = submitted("x".repeat(400));
        clock.advance(Duration.ofSeconds(4));

        var ended = advance.advance(submitted).generation();

        assertThat(ended.state()).isInstanceOf(State.Completed.class);
        assertThat(units.written()).isPositive().isLessThanOrEqualTo(MOST);
    }

    @Test
    void aLimitCostsOneMore() {
        var limited = submit(new RateLimits(Optional.of(60_000), 1));

        advance.advance(submitted(limited, "a cat"));

        assertThat(units.written()).isEqualTo(MOST + 1);
    }

    @Test
    void waitingForItCostsNothing() {
        var submitted = submitted("a cat [running]");
        double before = units.written();

        for (int poll = 0; poll < 10; poll++) {
            clock.advance(Duration.ofSeconds(2));
            advance.advance(submitted);
        }

        assertThat(units.written()).isEqualTo(before).isLessThan(MOST);
    }

    @Test
    void whatIsRefusedByItsConditionIsCountedAsWell() {
        var submitted = submitted("a cat");
        clock.advance(Duration.ofSeconds(4));
        advance.advance(submitted);
        double before = units.written();

        advance.advance(submitted);

        assertThat(units.written()).isEqualTo(before + 1);
    }

    private Generation submitted(String prompt) {
        return submitted(submit, prompt);
    }

    private static Generation submitted(SubmitGeneration submit, String prompt) {
        return Core.accepted(submit.submit(new Command(
                Core.CALLER,
                Core.MODEL,
                "{\"prompt\": \"%s\"}".formatted(prompt),
                Optional.empty(),
                Optional.empty())));
    }

    private static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Takes everything and has it ready when it is asked, unless the prompt says that it runs. */
    private static final class GoodProvider implements ImageProvider {

        private String input = "";

        @Override
        public SubmitOutcome submit(Submission submission) {
            this.input = submission.input();
            return new SubmitOutcome.Created(new PredictionId(unique()));
        }

        @Override
        public SearchOutcome search(Search search) {
            throw new IllegalStateException("nothing has to be found");
        }

        @Override
        public PollOutcome poll(PredictionId prediction) {
            return input.contains("[running]")
                    ? new PollOutcome.Running()
                    : new PollOutcome.Succeeded(
                            List.of(new Output("https://example.org/outputs/%s/1.png".formatted(prediction), false)),
                            Duration.ofSeconds(3));
        }
    }
}
