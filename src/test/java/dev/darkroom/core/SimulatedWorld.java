package dev.darkroom.core;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.budget.SpendLimits;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SearchWindow;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.ratelimit.AdmissionControl;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.SharedGate;
import dev.darkroom.core.ratelimit.SubmissionGate.Dequeue;
import dev.darkroom.core.ratelimit.SubmissionGateStore;
import dev.darkroom.core.step.AdvanceGeneration;
import dev.darkroom.core.step.NextStep;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.GenerationStore.Creation;
import dev.darkroom.core.store.GenerationStore.Update;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.submission.CancelGeneration;
import dev.darkroom.core.submission.Claims;
import dev.darkroom.core.submission.PaidCall;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The core in a world whose faults all come from one seed. */
final class SimulatedWorld {

    private static final Owner OWNER = new Owner("acme");
    private static final int DEEPEST = 3;

    /** Of each of the model's images. */
    private static final Money PRICE = new Money(40_000);

    /** Some requests of each seed do not fit into it. */
    private static final SpendLimit BUDGET =
            new SpendLimit(BudgetScope.ofKey("0123456789abcdef"), BudgetPeriod.TOTAL, new Money(400_000));

    private static final SpendLimits LIMITS = _ -> List.of(BUDGET);

    /** Ends a killed process: nothing of it runs any more, not even its exception handlers. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private record Made(String input, Instant at) {}

    private final Random random;
    private final TestClock clock = new TestClock();
    private final InMemoryGenerationStore store = new InMemoryGenerationStore(1);
    private final Map<PredictionId, Made> predictions = new LinkedHashMap<>();
    private final List<Generation> seen = new ArrayList<>();
    private final AdvanceGeneration advance;
    private final SubmitGeneration submit;
    private final PaidCall paidCall;
    private final CancelGeneration cancel;
    private final AdmissionControl admission;
    private final ModelCatalogue catalogue = new JsonSchemaCatalogue();
    private double trouble = 0.08;
    private int depth;
    private int names;

    SimulatedWorld(long seed) {
        random = new Random(seed);
        var troubledStore = new TroubledStore();
        var providers = ImageProviders.of(List.of(new TroubledProvider()), new CallbackUrl(Optional.empty()));
        var events = new RecordingListener();
        var tasks = new FakeWorkflowTasks();
        var context = new GenerationContext(troubledStore, events, _ -> {}, clock);
        var shared = new SharedGate(new TroubledGates(), events, _ -> {}, clock);
        admission = new AdmissionControl(CoreFixture.PROVIDER, shared, context, CoreFixture.UNLIMITED);
        var admissions = new AdmissionControls(_ -> admission);
        paidCall = new PaidCall(context, providers, admissions, new Claims(CoreFixture.TIMEOUTS, this::unique), LIMITS);
        advance = new AdvanceGeneration(
                context, providers, tasks, CoreFixture.followUps(tasks, events), CoreFixture.TIMEOUTS);
        cancel = new CancelGeneration(context, admissions);
        submit = new SubmitGeneration(context, catalogue, paidCall, admissions, () -> new GenerationId(unique()));
    }

    private String unique() {
        return "%032x".formatted(++names);
    }

    /** Lets this many random things happen. */
    void live(int things) {
        for (int i = 0; i < things; i++) {
            somethingHappens();
        }
    }

    private void somethingHappens() {
        try {
            switch (random.nextInt(6)) {
                case 0 -> request();
                case 1, 2, 3 -> trigger();
                case 4 -> cancel();
                default -> clock.advance(Duration.ofMillis(random.nextInt(-3_000, 20_000)));
            }
        } catch (Killed | StoreUnavailableException _) {
            // The process died, or its caller saw the error.
        }
    }

    /** There are few keys and fewer prompts, so that callers repeat themselves and rows have equal inputs. */
    private void request() {
        int number = random.nextInt(20);
        var body = "{\"prompt\": \"cat %d\"}".formatted(number % 5);
        submit.submit(new Command(
                OWNER, CoreFixture.MODEL, body, Optional.of(new IdempotencyKey("key-" + number)), Optional.empty()));
    }

    /** Advances a random row, in its current version or in an earlier one that a process has read before. */
    private void trigger() {
        var rows = List.copyOf(store.all());
        if (!rows.isEmpty()) {
            var row = rows.get(random.nextInt(rows.size()));
            seen.add(row);
            advance(random.nextInt(4) == 0 ? seen.get(random.nextInt(seen.size())) : row);
        }
    }

    /** The owner cancels a random request, whatever its state is. */
    private void cancel() {
        var rows = List.copyOf(store.all());
        if (!rows.isEmpty()) {
            cancel.cancel(rows.get(random.nextInt(rows.size())).id(), OWNER);
        }
    }

    private void advance(Generation row) {
        var demand = catalogue.demandOf(row.owner(), row.request()).orElseThrow();
        if (row.state() instanceof State.Queued queued
                && !(NextStep.of(row, CoreFixture.TIMEOUTS, clock.instant()) instanceof NextStep.Fail)) {
            long waiting = store.all().stream()
                    .filter(other -> other.state() instanceof State.Queued)
                    .count();
            if (admission.tryDequeue(demand, queued.round(), (int) waiting - 1) instanceof Dequeue.Admitted) {
                paidCall.submit(row, queued, demand);
            }
        } else {
            advance.advance(row);
        }
    }

    /** Ends the faults, and sweeps for up to two simulated days. */
    void comeToRest() {
        trouble = 0;
        for (int minutes = 0; minutes < 2 * 24 * 60 && !unfinished().isEmpty(); minutes++) {
            unfinished().forEach(this::advance);
            clock.advance(Duration.ofMinutes(1));
        }
    }

    List<Generation> unfinished() {
        return store.all().stream()
                .filter(row -> row.dueAt() != null || row.state() instanceof State.Queued)
                .toList();
    }

    Map<PredictionId, List<Generation>> rowsOfAPrediction() {
        return predictions.keySet().stream().collect(Collectors.toMap(prediction -> prediction, this::rowsWith));
    }

    private List<Generation> rowsWith(PredictionId prediction) {
        return store.all().stream().filter(row -> row.hasPrediction(prediction)).toList();
    }

    Map<String, Long> predictionsOfAnInput() {
        return predictions.values().stream().collect(Collectors.groupingBy(Made::input, Collectors.counting()));
    }

    /** A cancelled row must not be paid for. */
    long rowsOf(String input) {
        return store.all().stream()
                .filter(row -> row.request().input().equals(input))
                .filter(row -> !(row.state() instanceof State.Cancelled))
                .count();
    }

    List<Generation> cancelled() {
        return store.all().stream()
                .filter(row -> row.state() instanceof State.Cancelled)
                .toList();
    }

    /** What counts against the budget at last. */
    BudgetUse use() {
        return store.budgets().use(BUDGET.windowAt(clock.instant()));
    }

    /** The most that ever counted, which is never more than the budget. */
    boolean hasOverspent() {
        return store.budgets().mostCommitted() > BUDGET.max().microDollars();
    }

    boolean isFull() {
        return use().left(BUDGET).compareTo(PRICE) < 0;
    }

    /** What the rows of this state cost together. */
    Money costOf(Cost.State state) {
        return store.all().stream()
                .flatMap(row -> row.knownCost().stream())
                .filter(cost -> cost.state() == state)
                .map(Cost::amount)
                .reduce(Money.ZERO, Money::plus);
    }

    /** What the provider bills for what it has made. */
    Money bill() {
        return PRICE.times(predictions.size());
    }

    List<PredictionId> lostPredictions() {
        return predictions.keySet().stream()
                .filter(prediction -> rowsWith(prediction).isEmpty())
                .toList();
    }

    /** Runs before and after each call: another process may act, or this one may die. */
    private void betweenCalls() {
        if (trouble > 0 && depth < DEEPEST && random.nextInt(6) == 0) {
            depth++;
            try {
                somethingHappens();
            } finally {
                depth--;
            }
        }
        if (random.nextDouble() < trouble / 2) {
            throw new Killed();
        }
    }

    private <T> T call(Supplier<T> call) {
        betweenCalls();
        if (random.nextDouble() < trouble) {
            throw new StoreUnavailableException("before", new IllegalStateException());
        }
        var result = call.get();
        if (random.nextDouble() < trouble) {
            throw new StoreUnavailableException("after", new IllegalStateException());
        }
        betweenCalls();
        return result;
    }

    private final class TroubledStore implements GenerationStore {
        @Override
        public Creation create(Generation generation, List<SpendLimit> limits) {
            return call(() -> store.create(generation, limits));
        }

        @Override
        public Update update(Generation next) {
            return call(() -> store.update(next));
        }

        @Override
        public boolean writeAll(List<Generation> rows) {
            return call(() -> store.writeAll(rows));
        }

        @Override
        public Optional<GenerationId> claimedBy(ProviderId provider, PredictionId prediction) {
            return call(() -> store.claimedBy(provider, prediction));
        }

        @Override
        public boolean claimPrediction(PredictionClaim claim, Optional<GenerationId> from) {
            return call(() -> store.claimPrediction(claim, from));
        }

        @Override
        public Optional<Generation> find(GenerationId id) {
            return call(() -> store.find(id));
        }

        @Override
        public Page findDue(Shard shard, Instant from, Instant until, Optional<Cursor> after, int limit) {
            return call(() -> store.findDue(shard, from, until, after, limit));
        }

        @Override
        public Page findQueued(ProviderId provider, Optional<Cursor> after, int limit) {
            return call(() -> store.findQueued(provider, after, limit));
        }
    }

    private final class TroubledGates implements SubmissionGateStore {
        private final SubmissionGateStore gates = new InMemorySubmissionGateStore();

        @Override
        public Stored read() {
            return call(gates::read);
        }

        @Override
        public Write replace(Stored next) {
            return call(() -> gates.replace(next));
        }

        @Override
        public Write enqueue(Owner owner, long maxRound, Instant now) {
            return call(() -> gates.enqueue(owner, maxRound, now));
        }
    }

    private final class TroubledProvider implements ImageProvider {
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
            betweenCalls();
            var chance = random.nextDouble();
            if (chance < trouble) {
                return new SubmitOutcome.NotCreated(null, "429");
            }
            if (chance < 2 * trouble) {
                return new SubmitOutcome.Unknown("500");
            }
            var id = new PredictionId("p" + unique());
            predictions.put(id, new Made(submission.input(), clock.instant()));
            betweenCalls();
            return chance < 4 * trouble ? new SubmitOutcome.Unknown("504") : new SubmitOutcome.Created(id);
        }

        @Override
        public SearchOutcome search(Search search) {
            betweenCalls();
            if (random.nextDouble() < trouble) {
                return new SearchOutcome.Unavailable(null, "500");
            }
            var found = predictions.entrySet().stream()
                    .filter(entry -> entry.getValue().input().equals(search.input()))
                    .filter(_ -> search.window() == SearchWindow.WIDE || random.nextBoolean())
                    .map(Map.Entry::getKey)
                    .toList();
            betweenCalls();
            return new SearchOutcome.Found(found);
        }

        @Override
        public PollOutcome poll(ProviderTask task) {
            betweenCalls();
            return random.nextInt(3) == 0
                    ? new PollOutcome.Running()
                    : new PollOutcome.Succeeded(
                            List.of(new Output("https://a/" + task.prediction(), false)), Duration.ZERO);
        }
    }
}
