package dev.darkroom.simulation;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.CountedSecrets;
import dev.darkroom.core.InMemoryImageIndex;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.archive.KeepImage;
import dev.darkroom.core.delivery.DeliverWebhookStep;
import dev.darkroom.core.delivery.KeySecrets;
import dev.darkroom.core.followup.CopyImageStep;
import dev.darkroom.core.followup.EventBus;
import dev.darkroom.core.followup.SendEventStep;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.SendEvent;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.joining.ClientRequest;
import dev.darkroom.core.joining.OpenCall;
import dev.darkroom.core.joining.SettleCall;
import dev.darkroom.core.joining.SubmitCall;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.provider.CircuitBreakingImageProvider;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.ProviderWebhook;
import dev.darkroom.core.queue.QueueSteps;
import dev.darkroom.core.queue.QueueSweep;
import dev.darkroom.core.ratelimit.AdmissionControl;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.RateLimits;
import dev.darkroom.core.ratelimit.SharedGate;
import dev.darkroom.core.step.AdvanceGeneration;
import dev.darkroom.core.step.ReceiveWebhook;
import dev.darkroom.core.step.Timeouts;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore.DueRow;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.submission.CancelGeneration;
import dev.darkroom.core.submission.Claims;
import dev.darkroom.core.submission.NewIds;
import dev.darkroom.core.submission.PaidCall;
import dev.darkroom.core.submission.StandingFollowUps;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.core.sweep.Queues;
import dev.darkroom.core.sweep.StepSource;
import dev.darkroom.core.sweep.Sweep;
import dev.darkroom.core.sweep.SweepContext;
import dev.darkroom.core.sweep.SweepLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The real core of one process. Only this class knows how to put it together. */
public final class SimulatedCore {

    public static final Shard ONLY_SHARD = new Shard(0);
    public static final Queue ONLY_QUEUE = new Queue(FewModels.PROVIDER);

    private static final Owner OWNER = new Owner("acme");
    private static final Optional<ApiKeyId> API_KEY = Optional.of(new ApiKeyId("0123456789abcdef"));

    private final Ports ports;
    private final SubmitGeneration submit;
    private final SubmitCall submitCall;
    private final SettleCall settleCall;
    private final AdvanceGeneration advance;
    private final Sweep sweep;
    private final ReceiveWebhook receive;
    private final CancelGeneration cancel;

    public SimulatedCore(Ports ports, Settings settings) {
        this.ports = ports;
        var events = NoEvents.INSTANCE;
        var clock = ports.clock();
        var context = new GenerationContext(ports.store(), events, ports.trigger(), clock);
        var contextOfThePaidCall =
                new GenerationContext(ports.store(), events, ports.trigger(), ports.clockOfThePaidCall());
        var timeouts = timeouts(settings);
        var gate = new SharedGate(ports.gate(), events, ports.backOff(), clock);
        var rates = new RateLimits(settings.imagesPerMinute(), 1_000);
        var admissions = new AdmissionControls(id -> new AdmissionControl(id, gate, context, rates));
        var providers = ImageProviders.of(List.of(ports.provider()), new CallbackUrl(Optional.empty()));
        var claims = new Claims(timeouts, ports::uniqueName);
        var paidCall = new PaidCall(contextOfThePaidCall, providers, admissions, claims, ports.limits());
        var breaking = providers.behind(provider -> new CircuitBreakingImageProvider(provider, events, clock));
        var copy = new CopyImageStep(
                ports.images(), new KeepImage(ports.archive(), new InMemoryImageIndex()), events, clock);
        var sendEvent = new SendEventStep(
                ports.bus().orElse(EventBus.NONE), ended -> ended.request().input());
        var deliver = new DeliverWebhookStep(
                new KeySecrets(ports.webhooks(), new CountedSecrets()),
                ports.bodies(),
                ports.receivers(),
                clock,
                ports.executor(),
                ports.timer());
        var followUps = CoreFixture.followUps(ports.tasks(), events, copy, ports.archive(), deliver, sendEvent);
        advance = new AdvanceGeneration(context, breaking, ports.tasks(), followUps, timeouts);
        var newIds = new NamedIds(ports);
        var owed =
                ports.bus().<FollowUp.Action>map(_ -> new SendEvent()).stream().toList();
        submit = new SubmitGeneration(context, ports.catalogue(), paidCall, admissions, newIds)
                .owing(StandingFollowUps.NONE.andOfEveryRow(owed));
        submitCall = new SubmitCall(submit, ports.calls(), context, newIds);
        settleCall = new SettleCall(ports.calls(), context);
        var limits = new SweepLimits(Duration.ofSeconds(15), Duration.ofSeconds(1), 64, 64, settings.rowsOfASweep());
        var sweeps = new SweepContext(context, ports.leases(), limits, ports.timer(), ports.executor());
        var queues = new OneQueue(id -> new QueueSweep(
                id, new QueueSteps(context, paidCall, admissions.of(id), advance, ports.catalogue()), sweeps));
        sweep = new Sweep(sweeps, advance, queues, ports::uniqueName);
        receive = new ReceiveWebhook(context, advance);
        cancel = new CancelGeneration(context, admissions);
    }

    /** {@code source} makes the source of a sweep of the queue. */
    private record OneQueue(Function<ProviderId, QueueSweep> source) implements Queues {
        @Override
        public List<Queue> all() {
            return List.of(ONLY_QUEUE);
        }

        @Override
        public StepSource<?> source(ProviderId provider) {
            return source.apply(provider);
        }
    }

    private record NamedIds(Ports ports) implements NewIds {
        @Override
        public GenerationId next() {
            return new GenerationId(ports.uniqueName());
        }

        @Override
        public Optional<LinkToken> linkToken() {
            return ports.keepsImages() ? Optional.of(new LinkToken(ports.uniqueName())) : Optional.empty();
        }
    }

    private static Timeouts timeouts(Settings settings) {
        return new Timeouts(
                Duration.ofSeconds(2),
                Duration.ofMinutes(2),
                Settings.CLAIM_TIMEOUT,
                settings.end(),
                settings.end(),
                settings.end(),
                settings.resubmitAfter(),
                Duration.ofMinutes(10));
    }

    /**
     * Returns the stored row's id; empty when the request is rejected, or when it is unknown whether the row is stored.
     *
     * @param answerBy when the caller must have an answer; empty when no caller waits
     * @param owed what has to be done once the generation has ended
     */
    public Optional<GenerationId> submit(
            String model, String prompt, Optional<String> key, Optional<Instant> answerBy, List<FollowUp.Action> owed) {
        var command = new Command(
                OWNER,
                model,
                prompt,
                key.map(IdempotencyKey::new),
                answerBy,
                owed,
                Metadata.NONE,
                Optional.empty(),
                1,
                API_KEY);
        return submit.submit(command) instanceof Submission.Stored(var row, var _, var _, var _)
                ? Optional.of(row.id())
                : Optional.empty();
    }

    /** Submits a request of a client's call; an unknown outcome is resolved by the next request. */
    public OpenCall call(String prompt, ClientRequest client) {
        var command = new Command(
                OWNER, FewModels.GOOD, prompt, Optional.empty(), Optional.of(client.answeredBy()), List.of());
        return submitCall.submit(command, client).call().orElseThrow();
    }

    /** See {@link SettleCall#answered}. */
    public void answered(OpenCall call) {
        settleCall.answered(call);
    }

    /** See {@link SettleCall#askAgain}. */
    public boolean askAgain(OpenCall call) {
        return settleCall.askAgain(call);
    }

    /** The row as a caller reads it. */
    public Optional<Generation> find(GenerationId id) {
        return ports.store().find(id);
    }

    /** One step of the row in its stored version. */
    public void step(GenerationId id) {
        ports.store().find(id).ifPresent(advance::advance);
    }

    public void sweep(List<? extends DueIndexPartition> partitions, List<DueRow> due, Duration window) {
        try {
            sweep.sweep(partitions, due, ports.clock().instant().plus(window));
        } catch (InterruptedException e) {
            throw new IllegalStateException("no thread interrupts this one", e);
        }
    }

    /** Cancels the row for its owner. */
    public CancelGeneration.Result cancel(GenerationId id) {
        return cancel.cancel(id, OWNER);
    }

    /** What a cancellation must not do: it also ends a row whose call may be in flight, and releases its price. */
    public void endAnyway(GenerationId id) {
        ports.store()
                .find(id)
                .filter(row -> !row.state().status().isTerminal())
                .map(row -> row.rejected(Failure.CANCELLED, ports.clock().instant()))
                .ifPresent(ports.store()::update);
    }

    /** Delivers a webhook with the outcome of the row's prediction; returns whether it was accepted. */
    public boolean receive(GenerationId row, PredictionId prediction, PollOutcome outcome, String input) {
        return receive.receive(
                        FewModels.PROVIDER, row, new ProviderWebhook.Verified(prediction, outcome, input::equals))
                == ReceiveWebhook.Result.APPLIED;
    }
}
