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
import dev.darkroom.models.JsonSchemaCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The core, put together with fakes and a clock that stands still unless it is moved. */
public final class Core {

    public static final String MODEL = "wavespeed-ai/imagen4";
    static final Caller CALLER = Caller.of(new Owner("acme"));
    static final Timings TIMINGS = new Timings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofHours(24),
            Duration.ofHours(24),
            Optional.empty(),
            Duration.ofMinutes(10));
    static final RateLimits UNLIMITED = new RateLimits(Optional.empty(), Optional.empty(), 1_000);
    static final SweepLimits LIMITS = new SweepLimits(Duration.ofSeconds(15), Duration.ofSeconds(1), 8, 2_000);

    public final TestClock clock = new TestClock();
    public final InMemoryGenerationStore store = new InMemoryGenerationStore(1);
    final InMemoryBudgetStore budgets = new InMemoryBudgetStore();
    final InMemoryShardLeases leases = new InMemoryShardLeases();
    public final FakeImageProvider provider = new FakeImageProvider();
    final FakeWorkflowTasks tasks = new FakeWorkflowTasks();
    final RecordedEvents events = new RecordedEvents();
    final List<Generation> kicks = new CopyOnWriteArrayList<>();
    public final AdvanceGeneration advance;
    public final AdmissionControl admission;
    final SubmissionQueue queue;
    public final SubmitGeneration submit;
    public final SweepShards sweep;

    private Runnable everySecond = () -> {};
    private final AtomicInteger ids = new AtomicInteger();

    public Core() {
        this(TIMINGS);
    }

    Core(Timings timings) {
        this(timings, UNLIMITED);
    }

    Core(Timings timings, RateLimits rates) {
        var catalogue = new JsonSchemaCatalogue();
        admission = new AdmissionControl(budgets, store, events, rates, clock);
        var paidCall = new PaidCall(store, provider, admission, events, tasks, timings, this::unique, clock);
        var spared = new SparedProvider(provider, events, clock);
        advance = new AdvanceGeneration(store, spared, catalogue, tasks, admission, events, timings, clock);
        submit = new SubmitGeneration(
                catalogue, store, admission, paidCall, kicks::add, events, () -> new GenerationId(unique()), clock);
        queue = new SubmissionQueue(store, admission, catalogue, paidCall, events, clock);
        sweep = sweepOn(new DirectExecutor(), new MovingTimer());
    }

    SweepShards sweepOn(ExecutorService executor, SweepTimer timer) {
        return new SweepShards(
                new SweepTools(store, leases, advance, queue, kicks::add, events, LIMITS, timer, executor, clock),
                this::unique);
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
        var row = Generation.accepted(new GenerationId(unique()), CALLER, request, clock.instant(), 1);
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
        queue.submit(row, (State.Accepted) row.state());
    }

    /** A row as a submit function leaves it that died before it sent the call. */
    Generation unsent(String prompt) {
        var row = Generation.submitting(
                new GenerationId(unique()),
                CALLER,
                stored(prompt).request(),
                clock.instant(),
                TIMINGS.firstLook(),
                unique(),
                TIMINGS.claimTimeout());
        store.clear();
        store.create(row);
        return row;
    }

    Submission submission(String prompt, Optional<String> key) {
        return submission(CALLER, prompt, key);
    }

    Submission submission(Caller caller, String prompt, Optional<String> key) {
        return submit.submit(
                new Command(caller, MODEL, "{\"prompt\": \"%s\"}".formatted(prompt), key.map(IdempotencyKey::new)));
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

    /** Runs everything at once in the caller's thread. */
    static class DirectExecutor extends AbstractExecutorService {
        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
