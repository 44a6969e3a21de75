package dev.darkroom.application;

import dev.darkroom.application.SubmitGeneration.Command;
import dev.darkroom.application.SubmitGeneration.Submission;
import dev.darkroom.domain.Caller;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.IdempotencyKey;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.RateLimits;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.State;
import dev.darkroom.domain.TaskToken;
import dev.darkroom.domain.TestClaims;
import dev.darkroom.domain.Timeouts;
import dev.darkroom.models.JsonSchemaCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** The core, put together with fakes and a clock that stands still unless it is moved. */
public final class Core {

    public static final String MODEL = "wavespeed-ai/imagen4";
    static final Caller CALLER = Caller.of(new Owner("acme"));
    static final Timeouts TIMEOUTS = Timeouts.DEFAULTS;
    static final RateLimits UNLIMITED = new RateLimits(Optional.empty(), 1_000);
    static final SweepLimits LIMITS = new SweepLimits(Duration.ofSeconds(15), Duration.ofSeconds(1), 8, 8, 2_000);

    public final TestClock clock = new TestClock();
    public final InMemoryGenerationStore store = new InMemoryGenerationStore(1);
    final InMemorySubmissionGateStore gates = new InMemorySubmissionGateStore();
    final InMemoryShardLeases leases = new InMemoryShardLeases();
    public final FakeImageProvider provider = new FakeImageProvider();
    final FakeWorkflowTasks tasks = new FakeWorkflowTasks();
    final RecordedEvents events = new RecordedEvents();
    final List<Generation> kicks = new CopyOnWriteArrayList<>();
    public final AdvanceGeneration advance;
    public final AdmissionControl admission;
    final GenerationContext context;
    final PaidCall paidCall;
    private final ModelCatalogue catalogue = new JsonSchemaCatalogue();
    public final SubmitGeneration submit;
    public final Sweep sweep;

    /** Whose sweeps have started their successors. */
    final List<Shard> successors = new CopyOnWriteArrayList<>();

    private Runnable everySecond = () -> {};
    private final AtomicInteger ids = new AtomicInteger();

    public Core() {
        this(TIMEOUTS);
    }

    Core(Timeouts timeouts) {
        this(timeouts, UNLIMITED);
    }

    Core(Timeouts timeouts, RateLimits rates) {
        context = new GenerationContext(store, events, new RecordedKicks(), clock);
        admission = new AdmissionControl(new SharedGate(gates, events, _ -> {}, clock), context, rates);
        paidCall = new PaidCall(context, provider, admission, new Claims(timeouts, this::unique));
        var guarded = new CircuitBreakingImageProvider(provider, events, clock);
        advance = new AdvanceGeneration(context, guarded, tasks, timeouts);
        submit = new SubmitGeneration(context, catalogue, paidCall, admission, () -> new GenerationId(unique()));
        sweep = sweepOn(new DirectExecutor(), new MovingTimer());
    }

    Sweep sweepOn(ExecutorService executor, SweepTimer timer) {
        return sweepOn(executor, timer, LIMITS);
    }

    Sweep sweepOn(ExecutorService executor, SweepTimer timer, SweepLimits limits) {
        var tools = new SweepContext(context, leases, limits, timer, executor);
        return new Sweep(
                tools, advance, new QueueSteps(context, paidCall, admission, advance, catalogue), this::unique);
    }

    String unique() {
        return "%032x".formatted(ids.incrementAndGet());
    }

    /** A row as the submit function leaves it when the provider has accepted. */
    Generation submitted(String prompt) {
        return accepted(submission(prompt, Optional.empty()));
    }

    /** A row that waits for its turn. */
    Generation stored(String prompt) {
        var request = submitted(prompt).request();
        var row = Generation.queued(new GenerationId(unique()), CALLER, request, clock.instant(), 1);
        store.clear();
        provider.reset();
        kicks.clear();
        store.create(row);
        return row;
    }

    /** What happens while sweeps wait. */
    void everySecond(Runnable action) {
        everySecond = action;
    }

    /** What the sweep of the queue does when it is the row's turn. */
    void submitWaiting(Generation row) {
        var demand = catalogue.demandOf(row.caller().owner(), row.request()).orElseThrow();
        paidCall.submit(row, (State.Queued) row.state(), demand);
    }

    /** A row as a submit function leaves it that died before it sent the call. */
    Generation unsent(String prompt) {
        var row = Generation.submitting(
                new GenerationId(unique()),
                CALLER,
                stored(prompt).request(),
                TestClaims.claim(unique(), clock.instant()),
                clock.instant().plus(TIMEOUTS.firstCheck()));
        store.clear();
        store.create(row);
        return row;
    }

    static Timeouts resubmittingAfter(Optional<Duration> after) {
        return new Timeouts(
                TIMEOUTS.firstCheck(),
                TIMEOUTS.claim(),
                TIMEOUTS.queued(),
                TIMEOUTS.reconciliation(),
                TIMEOUTS.processing(),
                after,
                TIMEOUTS.predictionVisibility());
    }

    Submission submission(String prompt, Optional<String> key) {
        return submission(CALLER, prompt, key);
    }

    Submission submission(Caller caller, String prompt, Optional<String> key) {
        var body = "{\"prompt\": \"%s\"}".formatted(prompt);
        return submit.submit(new Command(caller, MODEL, body, key.map(IdempotencyKey::new), Optional.empty()));
    }

    /** A row that a workflow's task waits for, always under the same idempotency key. */
    Generation awaited(String prompt, TaskToken task) {
        return accepted(submission(new Caller(CALLER.owner(), List.of(task)), prompt, Optional.of("execution")));
    }

    static Generation accepted(Submission submission) {
        if (submission instanceof Submission.Accepted(var generation, var _)) {
            return generation;
        }
        throw new AssertionError("not accepted: " + submission);
    }

    /** A new row in any state, due now, as some function left it. */
    Generation pending(State state) {
        var request = new GenerationRequest(new ModelId(MODEL), "{\"prompt\":\"a cat\"}");
        var row =
                new Generation(new GenerationId(unique()), CALLER, request, clock.instant(), 3, clock.instant(), state);
        store.create(row);
        return row;
    }

    /** A row that the provider was just given. */
    Generation processing() {
        return pending(new State.Processing(new PredictionId("p-" + unique()), clock.instant()));
    }

    Generation row(Generation generation) {
        return store.find(generation.id()).orElseThrow();
    }

    SweepReport sweepFor(Duration window) throws InterruptedException {
        return sweep.sweep(List.of(new Shard(0)), List.of(), clock.instant().plus(window));
    }

    SweepReport sweepQueueFor(Duration window) throws InterruptedException {
        return sweep.sweep(List.of(Shard.QUEUE), List.of(), clock.instant().plus(window));
    }

    private final class RecordedKicks implements SweepKick {
        @Override
        public void kick(Generation generation) {
            kicks.add(generation);
        }

        @Override
        public void kickSweep(Shard shard) {
            successors.add(shard);
        }
    }

    /** Moves the clock instead of waiting. */
    final class MovingTimer implements SweepTimer {
        @Override
        public <T> Optional<T> await(BlockingQueue<T> queue, Instant until) {
            var next = Optional.ofNullable(queue.poll());
            if (next.isEmpty() && until.isAfter(clock.instant())) {
                long second = clock.instant().getEpochSecond();
                clock.set(until);
                if (clock.instant().getEpochSecond() > second) {
                    everySecond.run();
                }
            }
            return next;
        }
    }
}
