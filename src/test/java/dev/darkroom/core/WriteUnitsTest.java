package dev.darkroom.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.archive.KeepImage;
import dev.darkroom.core.followup.CopyImageStep;
import dev.darkroom.core.generation.EventLog.Entry;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.joining.CallStore;
import dev.darkroom.core.joining.ClientRequest;
import dev.darkroom.core.joining.OpenCall;
import dev.darkroom.core.joining.SettleCall;
import dev.darkroom.core.joining.SubmitCall;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.ratelimit.AdmissionControl;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.RateLimits;
import dev.darkroom.core.ratelimit.SharedGate;
import dev.darkroom.core.step.AdvanceGeneration;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.submission.Claims;
import dev.darkroom.core.submission.NewIds;
import dev.darkroom.core.submission.PaidCall;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.webhook.Delivery;
import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.core.webhook.WebhookTarget;
import dev.darkroom.dynamodb.CountedUnits;
import dev.darkroom.dynamodb.DynamoDbCallStore;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.DynamoDbImageIndex;
import dev.darkroom.dynamodb.DynamoDbSubmissionGates;
import dev.darkroom.dynamodb.TestTable;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The write units of a generation, as the table counts them. The lease of a sweep is shared by many generations and not
 * included.
 */
@ExtendWith(TestTable.class)
class WriteUnitsTest {

    private static final double MAX_UNITS = 7;
    private static final double MAX_UNITS_WITH_IMAGE = 10;
    private static final double MAX_UNITS_OF_A_CALL = 2;
    private static final double MAX_UNITS_WITH_BUDGET = 16;

    private static final double UNITS_OF_AN_IMAGE = 2;
    private static final double UNITS_OF_A_WEBHOOK = 3;

    private static final SpendLimit OF_KEY =
            new SpendLimit(BudgetScope.shared(unique()), BudgetPeriod.MONTH, new Money(1_000_000_000));

    private static final SpendLimit OF_DEPLOYMENT =
            new SpendLimit(BudgetScope.DEPLOYMENT, BudgetPeriod.DAY, new Money(1_000_000_000));

    private static final NewIds NOT_KEEPING = () -> new GenerationId(unique());

    private static final NewIds KEEPING = new NewIds() {
        @Override
        public GenerationId next() {
            return new GenerationId(unique());
        }

        @Override
        public Optional<LinkToken> linkToken() {
            return Optional.of(new LinkToken(unique()));
        }
    };

    private final TestClock clock = new TestClock();
    private final CountedUnits units;
    private final GenerationStore store;
    private final CallStore calls;
    private final AdvanceGeneration advance;
    private final SubmitGeneration submit;
    private final ImageProviders providers =
            ImageProviders.of(List.of(new GoodProvider()), new CallbackUrl(Optional.empty()));

    WriteUnitsTest(DynamoDbClient client) {
        units = new CountedUnits(client);
        store = new DynamoDbGenerationStore(units.client(), TestTable.CONFIG, clock);
        calls = new DynamoDbCallStore(units.client(), TestTable.CONFIG, clock);
        var events = new RecordingListener();
        var tasks = new FakeWorkflowTasks();
        var archive = new InMemoryImageArchive();
        var keep = new KeepImage(archive, new DynamoDbImageIndex(units.client(), TestTable.CONFIG, clock));
        var copy = new CopyImageStep(new FakeImageSource(), keep, events, clock);
        advance = new AdvanceGeneration(
                new GenerationContext(store, events, _ -> {}, clock),
                providers,
                tasks,
                CoreFixture.followUps(tasks, events, copy, archive),
                CoreFixture.TIMEOUTS);
        submit = submit(CoreFixture.UNLIMITED);
    }

    private SubmitGeneration submit(RateLimits limits) {
        return submit(limits, () -> new GenerationId(unique()), List.of());
    }

    private SubmitGeneration submit(RateLimits limits, NewIds ids, List<SpendLimit> budgets) {
        var events = new RecordingListener();
        var context = new GenerationContext(store, events, _ -> {}, clock);
        var gates = new DynamoDbSubmissionGates(units.client(), TestTable.CONFIG);
        var admissions = new AdmissionControls(
                id -> new AdmissionControl(id, new SharedGate(gates.of(id), events, _ -> {}, clock), context, limits));
        var claims = new Claims(CoreFixture.TIMEOUTS, WriteUnitsTest::unique);
        var paidCall = new PaidCall(context, providers, admissions, claims, _ -> budgets);
        return new SubmitGeneration(context, new JsonSchemaCatalogue(), paidCall, admissions, ids);
    }

    @AfterEach
    void close() {
        TestTable.forgetGate(units.client());
        units.close();
    }

    @Test
    void aGenerationThatGoesWellCostsSevenAtMost() {
        var submitted = submitted("x".repeat(400));
        clock.advance(Duration.ofSeconds(4));

        var ended = advance.advance(submitted).generation();

        assertThat(ended.state()).isInstanceOf(State.Completed.class);
        assertThat(units.written()).isPositive().isLessThanOrEqualTo(MAX_UNITS);
    }

    /** Its events are a part of the row, and recorded by the writes that the row needs anyway. */
    @Test
    void theEventsOfAGenerationThatGoesWellCostNothing() {
        var arrival = clock.instant().minusSeconds(1);
        var command = new Command(
                        CoreFixture.OWNER,
                        CoreFixture.MODEL,
                        "{\"prompt\": \"%s\"}".formatted("x".repeat(400)),
                        Optional.empty(),
                        Optional.empty())
                .arrivedAt(Optional.of(arrival));
        var submitted = CoreFixture.accepted(submit.submit(command));

        var ended = advance.advance(submitted).generation();

        assertThat(ended.events().entries())
                .extracting(Entry::event)
                .containsExactly(Event.RECEIVED, Event.CLAIMED, Event.SUBMITTED, Event.COMPLETED);
        assertThat(units.written()).isPositive().isLessThanOrEqualTo(MAX_UNITS);
    }

    /** Two more: the facts of the image, and the item by which it is found by its content. */
    @Test
    void aGenerationOfOneImageThatIsKeptCostsTenAtMost() {
        var submitted = submitted(submit(CoreFixture.UNLIMITED, KEEPING, List.of()), "x".repeat(300));
        clock.advance(Duration.ofSeconds(4));
        var ended = advance.advance(submitted).generation();

        var kept = advance.advance(ended).generation();

        assertThat(((State.Completed) kept.state()).outputs())
                .extracting(Output::copy)
                .hasOnlyElementsOfType(ImageCopy.Kept.class);
        assertThat(kept.dueAt()).isNull();
        assertThat(units.written()).isPositive().isLessThanOrEqualTo(MAX_UNITS_WITH_IMAGE);
    }

    /** Three more: the row is due once more in the index, and the write that ends that stores the attempt too. */
    @Test
    void aWebhookThatIsDeliveredCostsThreeMore() {
        double before = units.written();
        var told = told(List.of());
        double without = units.written() - before;
        assertThat(told.deliveries().isEmpty()).isTrue();
        before = units.written();

        told = told(List.of(new WebhookTarget(
                WebhookForm.STANDARD,
                WebhookTarget.ALL,
                new WebhookTarget.Address(URI.create("https://receiver.example/hook")))));

        assertThat(told.deliveries().deliveries())
                .extracting(Delivery::outcome)
                .containsExactly(Delivery.Outcome.DELIVERED);
        assertThat(told.dueAt()).isNull();
        assertThat(without).isEqualTo(MAX_UNITS);
        assertThat(units.written() - before).isEqualTo(without + UNITS_OF_A_WEBHOOK);
    }

    /** Submits a request of a key with these webhooks, and takes every step of it. */
    private Generation told(List<WebhookTarget> webhooks) {
        var command = new Command(
                        CoreFixture.OWNER,
                        CoreFixture.MODEL,
                        "{\"prompt\": \"a cat\"}",
                        Optional.empty(),
                        Optional.empty())
                .sentWith(new ApiKeyId("0123456789abcdef"))
                .owing(webhooks.stream().map(DeliverWebhook::new).toList());
        var row = CoreFixture.accepted(submit.submit(command));
        clock.advance(Duration.ofSeconds(4));
        var ended = advance.advance(row).generation();
        return ended.owesFollowUps() ? advance.advance(ended).generation() : ended;
    }

    /**
     * Eight more: each of two transactions writes the row twice, and the counter of the key twice; the second one counts
     * usage as well.
     */
    @Test
    void aBudgetOfTheKeyCostsEightMore() {
        double written = unitsOf(submit(CoreFixture.UNLIMITED, NOT_KEEPING, List.of(OF_KEY)));

        assertThat(written).isEqualTo(MAX_UNITS + 8).isLessThanOrEqualTo(MAX_UNITS_WITH_BUDGET);
    }

    /**
     * Six more: the counter of the deployment changes at the end only if the price was not what is charged, but usage
     * makes the end a transaction too.
     */
    @Test
    void theLimitOfTheDeploymentCostsSixMore() {
        double written = unitsOf(submit(CoreFixture.UNLIMITED, KEEPING, List.of(OF_DEPLOYMENT)));

        assertThat(written).isEqualTo(MAX_UNITS + UNITS_OF_AN_IMAGE + 6).isLessThanOrEqualTo(MAX_UNITS_WITH_BUDGET);
    }

    @Test
    void aSecondLimitCostsTwoMore() {
        double written = unitsOf(submit(CoreFixture.UNLIMITED, NOT_KEEPING, List.of(OF_KEY, OF_DEPLOYMENT)));

        assertThat(written).isEqualTo(MAX_UNITS + 8 + 2);
    }

    @Test
    void anImageThatIsKeptCostsTwoMoreUnderBothLimitsToo() {
        double written = unitsOf(submit(CoreFixture.UNLIMITED, KEEPING, List.of(OF_KEY, OF_DEPLOYMENT)));

        assertThat(written).isEqualTo(MAX_UNITS + 8 + 2 + UNITS_OF_AN_IMAGE);
    }

    /** Each group of usage costs one unit more, once: the first generation makes the group. */
    private double unitsOf(SubmitGeneration accepting) {
        end(accepting);
        double before = units.byTheRules();

        var ended = end(accepting);

        assertThat(ended.state()).isInstanceOf(State.Completed.class);
        return units.byTheRules() - before;
    }

    /** Submits a request and takes every step of it. */
    private Generation end(SubmitGeneration accepting) {
        var row = submitted(accepting, "x".repeat(300));
        clock.advance(Duration.ofSeconds(4));
        var ended = advance.advance(row).generation();
        return ended.owesFollowUps() ? advance.advance(ended).generation() : ended;
    }

    @Test
    void aLimitCostsOneMore() {
        var limited = submit(new RateLimits(Optional.of(60_000), 1));

        advance.advance(submitted(limited, "a cat"));

        assertThat(units.written()).isEqualTo(MAX_UNITS + 1);
    }

    @Test
    void aDeletionCostsTwo() {
        var submitted = submitted("a cat");
        clock.advance(Duration.ofSeconds(4));
        var ended = advance.advance(submitted).generation();
        double before = units.written();

        store.update(ended.deleted(clock.instant()));

        assertThat(units.written() - before).isEqualTo(2);
    }

    /** Six more: two due times in the index, each begun and ended, and the two writes that end them. */
    @Test
    void aDeletionWithAnImageThatIsKeptCostsEight() {
        var submitted = submitted(submit(CoreFixture.UNLIMITED, KEEPING, List.of()), "a cat");
        clock.advance(Duration.ofSeconds(4));
        var kept = advance.advance(advance.advance(submitted).generation()).generation();
        double before = units.written();
        var deleted = kept.deleted(clock.instant());
        store.update(deleted);

        var deletedOnce = advance.advance(deleted).generation();
        clock.advance(Duration.ofMinutes(2));

        var done = advance.advance(deletedOnce).generation();

        assertThat(done.dueAt()).isNull();
        assertThat(units.written() - before).isEqualTo(8);
    }

    /** A transaction writes each row twice. */
    @Test
    void aDeletionWithCopiesCostsThreeForEachRowAtMost() {
        var request = new GenerationRequest(
                new ModelId(CoreFixture.MODEL), CoreFixture.PROVIDER, "{\"prompt\":\"a cat\"}", 4, Metadata.NONE);
        var row = Generation.queued(new GenerationId(unique()), CoreFixture.OWNER, request, clock.instant(), 1);
        store.create(row);
        var cancelled = new FanIn(row, List.of()).cancelled(clock.instant());
        cancelled.write(store);
        double before = units.written();

        var other = cancelled.deleted(clock.instant()).write(store);

        assertThat(other).isEmpty();
        assertThat(units.written() - before).isPositive().isLessThanOrEqualTo(4 * 3);
    }

    /** The call is noted before the paid call, and before the answer, however often its owner repeats it. */
    @Test
    void aCallWithoutRetriesCostsTwoMore() {
        double before = 0;
        for (int repetition = 0; repetition < 20; repetition++) {
            before = units.written();
            answered(opened("a cat"));
            clock.advance(Duration.ofSeconds(5));
        }

        double written = units.written() - before;

        assertThat(written - unitsOfASubmission()).isEqualTo(MAX_UNITS_OF_A_CALL);
    }

    @Test
    void fourEqualCallsAtOnceCostTwoMoreEach() {
        double before = 0;
        for (int repetition = 0; repetition < 5; repetition++) {
            before = units.written();
            Stream.generate(() -> opened("a dog")).limit(4).toList().forEach(this::answered);
            clock.advance(Duration.ofSeconds(10));
        }

        double written = units.written() - before;

        assertThat(written / 4 - unitsOfASubmission()).isEqualTo(MAX_UNITS_OF_A_CALL);
    }

    private OpenCall opened(String prompt) {
        var context = new GenerationContext(store, new RecordingListener(), _ -> {}, clock);
        var command = new Command(
                CoreFixture.OWNER,
                CoreFixture.MODEL,
                "{\"prompt\": \"%s\"}".formatted(prompt),
                Optional.empty(),
                Optional.empty());
        var client =
                new ClientRequest("/v1/images/generations", 0, clock.instant().plusSeconds(25));
        return new SubmitCall(submit, calls, context, () -> new GenerationId(unique()))
                .submit(command, client)
                .call()
                .orElseThrow();
    }

    private void answered(OpenCall call) {
        new SettleCall(calls, new GenerationContext(store, new RecordingListener(), _ -> {}, clock)).answered(call);
    }

    private double unitsOfASubmission() {
        double before = units.written();
        submitted("a cat");
        return units.written() - before;
    }

    @Test
    void waitingForItCostsNothing() {
        var submitted = submitted("a cat [running]");
        double before = units.written();

        for (int poll = 0; poll < 10; poll++) {
            clock.advance(Duration.ofSeconds(2));
            advance.advance(submitted);
        }

        assertThat(units.written()).isEqualTo(before).isLessThan(MAX_UNITS);
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
        return CoreFixture.accepted(submit.submit(new Command(
                CoreFixture.OWNER,
                CoreFixture.MODEL,
                "{\"prompt\": \"%s\"}".formatted(prompt),
                Optional.empty(),
                Optional.empty())));
    }

    private static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /**
     * Accepts every submission and has the image at the first poll, unless the prompt says that the prediction runs.
     */
    private static final class GoodProvider implements ImageProvider {

        private String input = "";

        @Override
        public ProviderId id() {
            return CoreFixture.PROVIDER;
        }

        @Override
        public Duration historyKept() {
            return Duration.ofDays(7);
        }

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
        public PollOutcome poll(ProviderTask task) {
            return input.contains("[running]")
                    ? new PollOutcome.Running()
                    : new PollOutcome.Succeeded(
                            List.of(new Output(
                                    "https://example.org/outputs/%s/1.png".formatted(task.prediction()), false)),
                            Duration.ofSeconds(3));
        }
    }
}
