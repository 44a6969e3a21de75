package dev.darkroom.core;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.InlineImages;
import dev.darkroom.core.archive.KeepImage;
import dev.darkroom.core.budget.BudgetWatch;
import dev.darkroom.core.budget.ConfiguredLimits;
import dev.darkroom.core.budget.RefusedLimits;
import dev.darkroom.core.budget.RemainingBudgets;
import dev.darkroom.core.budget.SpendLimits;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.delivery.DeliverWebhookStep;
import dev.darkroom.core.delivery.KeySecrets;
import dev.darkroom.core.delivery.StandingWebhooks;
import dev.darkroom.core.delivery.WebhookBodies;
import dev.darkroom.core.delivery.WebhookSender;
import dev.darkroom.core.followup.CopyImageStep;
import dev.darkroom.core.followup.DeleteImagesStep;
import dev.darkroom.core.followup.EventBus;
import dev.darkroom.core.followup.EventDetails;
import dev.darkroom.core.followup.FollowUpExecutor;
import dev.darkroom.core.followup.NotifyTaskStep;
import dev.darkroom.core.followup.SendEventStep;
import dev.darkroom.core.followup.WorkflowTasks;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.joining.SettleCall;
import dev.darkroom.core.joining.SubmitCall;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.provider.CircuitBreakingImageProvider;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.queue.ProviderQueues;
import dev.darkroom.core.queue.QueueSteps;
import dev.darkroom.core.ratelimit.AdmissionControl;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.RateLimits;
import dev.darkroom.core.ratelimit.SharedGate;
import dev.darkroom.core.step.AdvanceGeneration;
import dev.darkroom.core.step.Timeouts;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.store.SweepTrigger;
import dev.darkroom.core.submission.CancelGeneration;
import dev.darkroom.core.submission.Claims;
import dev.darkroom.core.submission.NewIds;
import dev.darkroom.core.submission.PaidCall;
import dev.darkroom.core.submission.QuoteSubmission;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.core.sweep.Sweep;
import dev.darkroom.core.sweep.SweepContext;
import dev.darkroom.core.sweep.SweepLimits;
import dev.darkroom.core.sweep.SweepReport;
import dev.darkroom.core.waiting.CompletionWaiter;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.worker.SystemCompletionWaiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The core on fakes, with a clock that moves only when a test moves it. */
public final class CoreFixture {

    public static final String MODEL = "wavespeed-ai/imagen4";
    public static final ProviderId PROVIDER = new ProviderId("wavespeed");
    public static final Owner OWNER = new Owner("acme");
    public static final Timeouts TIMEOUTS = Timeouts.DEFAULTS;
    public static final RateLimits UNLIMITED = new RateLimits(Optional.empty(), 1_000);
    /** The id and the outcome, in either form. */
    public static final WebhookBodies BODIES = (form, ended) -> "{\"form\":\"%s\",\"id\":\"%s\",\"status\":\"%s\"}"
            .formatted(form.title(), ended.id(), ended.state().status());

    /** The id and the outcome. */
    public static final EventDetails DETAILS = ended -> "{\"id\":\"%s\",\"status\":\"%s\"}"
            .formatted(ended.id(), ended.state().status());

    static final SweepLimits LIMITS = new SweepLimits(Duration.ofSeconds(15), Duration.ofSeconds(1), 8, 8, 2_000);

    public final TestClock clock;
    public final InMemoryGenerationStore store = new InMemoryGenerationStore(1);
    public final InMemorySubmissionGates allGates = new InMemorySubmissionGates();
    public final InMemorySubmissionGateStore gates = allGates.of(PROVIDER);
    public final InMemoryShardLeases leases = new InMemoryShardLeases();
    public final FakeImageProvider provider;
    public final FakeWorkflowTasks tasks = new FakeWorkflowTasks();
    public final FakeEventBus bus = new FakeEventBus();
    public final RecordingListener events = new RecordingListener();
    public final FakeImageSource images = new FakeImageSource();
    public final InMemoryImageArchive archive = new InMemoryImageArchive();
    public final InMemoryImageIndex imageIndex = new InMemoryImageIndex();
    public final InMemoryWebhookStore webhooks = new InMemoryWebhookStore();
    public final CountedSecrets random = new CountedSecrets();
    public final FakeReceivers receivers = new FakeReceivers();
    public final KeySecrets secrets;
    public final List<Generation> triggers = new CopyOnWriteArrayList<>();
    public final List<DueIndexPartition> handedOver = new CopyOnWriteArrayList<>();
    public final AdvanceGeneration advance;
    public final AdmissionControl admission;
    public final AdmissionControls admissions;
    public final ImageProviders providers;
    public final GenerationContext context;
    final PaidCall paidCall;
    public final ModelCatalogue catalogue;
    public final NewIds newIds = new CountedIds();
    public final SubmitGeneration submit;
    public final InMemoryCallStore calls = new InMemoryCallStore();
    public final SubmitCall submitCall;
    public final SettleCall settleCall;
    public final CancelGeneration cancel;
    public final Sweep sweep;

    /** The shards whose sweep has started its successor. */
    public final List<DueIndexPartition> successors = new CopyOnWriteArrayList<>();

    public final RemainingBudgets remainingBudgets;
    public final QuoteSubmission quote;

    /** The limits on every request. */
    public List<SpendLimit> limits = List.of();

    private Runnable everySecond = () -> {};
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger tokens = new AtomicInteger(0x10000);
    private boolean keepsImages;

    public CoreFixture() {
        this(TIMEOUTS);
    }

    public CoreFixture(Timeouts timeouts) {
        this(timeouts, UNLIMITED);
    }

    public CoreFixture(Timeouts timeouts, RateLimits rates) {
        this(timeouts, rates, new CallbackUrl(Optional.empty()));
    }

    /** {@code callback} is where the provider sends its webhooks, if it sends any. */
    public CoreFixture(Timeouts timeouts, RateLimits rates, CallbackUrl callback) {
        this(new FakeImageProvider(), callback, new JsonSchemaCatalogue(), timeouts, rates);
    }

    public CoreFixture(Timeouts timeouts, RateLimits rates, ModelCatalogue catalogue) {
        this(new FakeImageProvider(), new CallbackUrl(Optional.empty()), catalogue, timeouts, rates);
    }

    private CoreFixture(
            FakeImageProvider provider,
            CallbackUrl callback,
            ModelCatalogue catalogue,
            Timeouts timeouts,
            RateLimits rates) {
        this(
                new TestClock(),
                provider,
                ImageProviders.of(List.of(provider), callback),
                catalogue,
                timeouts,
                _ -> rates);
    }

    /** On these providers, each with its own rate, in place of the fake. */
    public CoreFixture(TestClock clock, ImageProviders providers, ModelCatalogue catalogue) {
        this(
                clock,
                new FakeImageProvider(),
                providers,
                catalogue,
                TIMEOUTS,
                id -> new RateLimits(providers.of(id).imagesPerMinute(), UNLIMITED.queuedPerOwner()));
    }

    private CoreFixture(
            TestClock clock,
            FakeImageProvider provider,
            ImageProviders providers,
            ModelCatalogue catalogue,
            Timeouts timeouts,
            Function<ProviderId, RateLimits> rates) {
        this.clock = clock;
        this.provider = provider;
        this.providers = providers;
        this.catalogue = catalogue;
        context = new GenerationContext(store, events, new RecordedTriggers(), clock);
        admissions = new AdmissionControls(id -> new AdmissionControl(
                id, new SharedGate(allGates.of(id), events, _ -> {}, clock), context, rates.apply(id)));
        admission = admissions.of(PROVIDER);
        paidCall = new PaidCall(context, providers, admissions, new Claims(timeouts, this::unique), spendLimits());
        var breaking = providers.behind(each -> new CircuitBreakingImageProvider(each, events, clock));
        secrets = new KeySecrets(webhooks, random);
        var deliver = new DeliverWebhookStep(secrets, BODIES, receivers, clock, Runnable::run, new MovingWaiter());
        var keep = new KeepImage(archive, imageIndex);
        var copy = new CopyImageStep(images, keep, events, clock);
        var sendEvent = new SendEventStep(bus, DETAILS);
        var inline = new InlineImages(Optional.of(keep));
        advance = new AdvanceGeneration(
                context,
                breaking,
                new AdvanceGeneration.Ports(tasks, followUps(tasks, events, copy, archive, deliver, sendEvent), inline),
                timeouts);
        submit = new SubmitGeneration(context, catalogue, paidCall, admissions, newIds)
                .owing(new StandingWebhooks(webhooks, receivers, clock));
        remainingBudgets = new RemainingBudgets(_ -> limits, store.budgets(), clock);
        quote = new QuoteSubmission(submit, admissions, remainingBudgets);
        submitCall = new SubmitCall(submit, calls, context, newIds);
        settleCall = new SettleCall(calls, context);
        cancel = new CancelGeneration(context, admissions);
        sweep = sweepOn(new DirectExecutor(), new MovingWaiter());
    }

    private SpendLimits spendLimits() {
        var configured = new ConfiguredLimits(
                _ -> Optional.empty(),
                Optional.empty(),
                new BudgetWatch(store.budgets(), events, clock),
                new RefusedLimits(store.budgets(), clock));
        return new SpendLimits() {
            @Override
            public List<SpendLimit> of(Optional<ApiKeyId> key) {
                return limits;
            }

            @Override
            public Optional<Exceeded> exceeded(List<SpendLimit> applicable, Money price) {
                return configured.exceeded(applicable, price);
            }

            @Override
            public void refused(Exceeded refusal) {
                configured.refused(refusal);
            }

            @Override
            public void accepted(List<SpendLimit> applicable, Money price, Instant at) {
                configured.accepted(applicable, price, at);
            }
        };
    }

    private final class CountedIds implements NewIds {
        @Override
        public GenerationId next() {
            return new GenerationId(unique());
        }

        @Override
        public Optional<LinkToken> linkToken() {
            return keepsImages
                    ? Optional.of(new LinkToken("%032x".formatted(tokens.incrementAndGet())))
                    : Optional.empty();
        }
    }

    /** The generations that are submitted from now on keep their images. */
    public CoreFixture keepingImages() {
        keepsImages = true;
        return this;
    }

    /** The step of each kind of follow-up, for rows that keep no images. */
    public static FollowUpExecutor followUps(WorkflowTasks tasks, GenerationListener events) {
        var archive = new InMemoryImageArchive();
        var keep = new KeepImage(archive, new InMemoryImageIndex());
        var copy = new CopyImageStep(new FakeImageSource(), keep, events, Instant::now);
        return followUps(tasks, events, copy, archive, webhooksTo(new FakeReceivers(), Instant::now));
    }

    /** The same for rows without webhooks. */
    public static FollowUpExecutor followUps(
            WorkflowTasks tasks, GenerationListener events, CopyImageStep copy, ImageArchive archive) {
        return followUps(tasks, events, copy, archive, webhooksTo(new FakeReceivers(), Instant::now));
    }

    /** Deliveries with secrets of their own, in the thread of the caller. */
    public static DeliverWebhookStep webhooksTo(WebhookSender sender, InstantSource clock) {
        var keys = new KeySecrets(new InMemoryWebhookStore(), new CountedSecrets());
        return new DeliverWebhookStep(keys, BODIES, sender, clock, Runnable::run, new SystemCompletionWaiter(clock));
    }

    /** The same without an event bus. */
    public static FollowUpExecutor followUps(
            WorkflowTasks tasks,
            GenerationListener events,
            CopyImageStep copy,
            ImageArchive archive,
            DeliverWebhookStep webhooks) {
        return followUps(tasks, events, copy, archive, webhooks, new SendEventStep(EventBus.NONE, DETAILS));
    }

    /** The step of each kind of follow-up. */
    public static FollowUpExecutor followUps(
            WorkflowTasks tasks,
            GenerationListener events,
            CopyImageStep copy,
            ImageArchive archive,
            DeliverWebhookStep webhooks,
            SendEventStep bus) {
        return (action, ended) -> switch (action) {
            case FollowUp.NotifyTask(var task) -> new NotifyTaskStep(tasks, events).attempt(task, ended);
            case FollowUp.CopyImage(var number) -> copy.attempt(number, ended);
            case FollowUp.DeleteImages(var count) -> new DeleteImagesStep(archive, events).attempt(ended.id(), count);
            case FollowUp.DeliverWebhook webhook -> webhooks.attempt(webhook, ended);
            case FollowUp.SendEvent() -> bus.attempt(ended);
        };
    }

    public Sweep sweepOn(ExecutorService executor, CompletionWaiter timer) {
        return sweepOn(executor, timer, LIMITS);
    }

    public Sweep sweepOn(ExecutorService executor, CompletionWaiter timer, SweepLimits limits) {
        var sweeps = new SweepContext(context, leases, limits, timer, executor);
        var queues = new ProviderQueues(
                allGates,
                providers.byId().keySet(),
                id -> new QueueSteps(context, paidCall, admissions.of(id), advance, catalogue),
                sweeps);
        return new Sweep(sweeps, advance, queues, this::unique);
    }

    public String unique() {
        return "%032x".formatted(ids.incrementAndGet());
    }

    /** A row as the submit function leaves it after the provider has accepted the call. */
    public Generation submitted(String prompt) {
        return accepted(submission(prompt, Optional.empty()));
    }

    /** A row that waits in the queue. */
    public Generation stored(String prompt) {
        var request = submitted(prompt).request();
        var row = Generation.queued(new GenerationId(unique()), OWNER, request, clock.instant(), 1);
        store.clear();
        provider.reset();
        triggers.clear();
        store.create(row);
        return row;
    }

    /** The action runs each second that a sweep waits. */
    public void everySecond(Runnable action) {
        everySecond = action;
    }

    /** Submits a queued row, as the sweep of the queue does when it dequeues the row. */
    public void submitWaiting(Generation row) {
        var demand = catalogue.demandOf(row.owner(), row.request()).orElseThrow();
        paidCall.submit(row, (State.Queued) row.state(), demand);
    }

    /** A row as a submit function leaves it when it dies before it sends the paid call. */
    public Generation unsent(String prompt) {
        var row = Generation.submitting(
                new GenerationId(unique()),
                OWNER,
                stored(prompt).request(),
                TestClaims.claim(unique(), clock.instant()),
                clock.instant().plus(TIMEOUTS.firstCheck()));
        store.clear();
        store.create(row);
        return row;
    }

    public static Timeouts resubmittingAfter(Optional<Duration> after) {
        return new Timeouts(
                TIMEOUTS.firstCheck(),
                TIMEOUTS.firstCheckWithWebhook(),
                TIMEOUTS.claim(),
                TIMEOUTS.queued(),
                TIMEOUTS.reconciliation(),
                TIMEOUTS.processing(),
                after,
                TIMEOUTS.predictionVisibility());
    }

    public Submission submission(String prompt, Optional<String> key) {
        return submission(OWNER, prompt, key);
    }

    public Submission submission(Owner owner, String prompt, Optional<String> key, FollowUp.Action... followUps) {
        var body = "{\"prompt\": \"%s\"}".formatted(prompt);
        return submit.submit(
                new Command(owner, MODEL, body, key.map(IdempotencyKey::new), Optional.empty(), List.of(followUps)));
    }

    /** A row that a workflow's task waits for, always under the same idempotency key. */
    public Generation awaited(String prompt, TaskToken task) {
        return accepted(submission(OWNER, prompt, Optional.of("execution"), new FollowUp.NotifyTask(task)));
    }

    /** A row that has just failed, and whose task has to be notified of it. */
    public Generation ended(TaskToken task) {
        var request = new GenerationRequest(new ModelId(MODEL), PROVIDER, "{\"prompt\":\"a cat\"}");
        var row = Generation.queued(new GenerationId(unique()), OWNER, request, clock.instant(), 1)
                .owing(List.of(new FollowUp.NotifyTask(task)))
                .failed(Failure.NEVER_SUBMITTED, clock.instant());
        store.create(row);
        return row;
    }

    public static Generation accepted(Submission submission) {
        if (submission instanceof Submission.Stored(var generation, var _, var _, var _)) {
            return generation;
        }
        throw new AssertionError("not accepted: " + submission);
    }

    /** A new row in any state, due now, as some function left it. */
    public Generation pending(State state) {
        return pending(new GenerationId(unique()), state);
    }

    private Generation pending(GenerationId id, State state) {
        var request = new GenerationRequest(new ModelId(MODEL), PROVIDER, "{\"prompt\":\"a cat\"}");
        var row = new Generation(id, OWNER, request, clock.instant(), 3, clock.instant(), state);
        store.create(row);
        return row;
    }

    /** A row whose prediction the provider has just created. */
    public Generation processing() {
        return processing(new GenerationId(unique()));
    }

    public Generation processing(GenerationId id) {
        return pending(id, new State.Processing(new PredictionId("p-" + unique()), clock.instant(), MODEL));
    }

    public Generation row(Generation generation) {
        return store.find(generation.id()).orElseThrow();
    }

    public SweepReport sweepFor(Duration window) throws InterruptedException {
        return sweep.sweep(List.of(new Shard(0)), List.of(), clock.instant().plus(window));
    }

    public SweepReport sweepQueueFor(Duration window) throws InterruptedException {
        return sweep.sweep(
                List.of(new Queue(PROVIDER)), List.of(), clock.instant().plus(window));
    }

    private final class RecordedTriggers implements SweepTrigger {
        @Override
        public void triggerFor(Generation generation) {
            triggers.add(generation);
        }

        @Override
        public void trigger(DueIndexPartition partition) {
            successors.add(partition);
        }

        @Override
        public void handOver(DueIndexPartition partition) {
            handedOver.add(partition);
        }
    }

    /** Moves the clock instead of waiting. */
    public final class MovingWaiter implements CompletionWaiter {
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
