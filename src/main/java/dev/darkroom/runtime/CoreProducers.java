package dev.darkroom.runtime;

import dev.darkroom.core.account.ApiKeys;
import dev.darkroom.core.account.AuthenticateApiKey;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.followup.FollowUpExecutor;
import dev.darkroom.core.followup.NotifyTaskStep;
import dev.darkroom.core.followup.WorkflowTasks;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.Timeouts;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.provider.CircuitBreakingImageProvider;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.queue.ProviderQueues;
import dev.darkroom.core.queue.QueueSteps;
import dev.darkroom.core.ratelimit.AdmissionControl;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.RateLimits;
import dev.darkroom.core.ratelimit.SharedGate;
import dev.darkroom.core.ratelimit.SubmissionGates;
import dev.darkroom.core.step.AdvanceGeneration;
import dev.darkroom.core.step.ReceiveWebhook;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.SweepTrigger;
import dev.darkroom.core.submission.Claims;
import dev.darkroom.core.submission.PaidCall;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.sweep.Queues;
import dev.darkroom.core.sweep.ShardLeases;
import dev.darkroom.core.sweep.Sweep;
import dev.darkroom.core.sweep.SweepContext;
import dev.darkroom.core.sweep.SweepLimits;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.provider.WiredProviders;
import dev.darkroom.worker.SweepConfig;
import dev.darkroom.worker.SystemCompletionWaiter;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Puts the use cases together. */
class CoreProducers {

    private static final Duration DISCOVERY = Duration.ofSeconds(1);
    private static final int ROWS_OF_A_SWEEP = 10_000;

    /** In all shards together. More would only take memory. */
    private static final int STEPS_AT_ONCE = 256;

    /** In the queue. */
    private static final int SUBMISSIONS_AT_ONCE = 64;

    /** In milliseconds, as times are stored, so that a row equals its stored version. */
    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Produces
    @Singleton
    Timeouts timeouts(TimeoutsConfig config) {
        return new Timeouts(
                config.firstCheck().orElse(Timeouts.DEFAULTS.firstCheck()),
                config.firstCheck().orElse(Timeouts.DEFAULTS.firstCheckWithWebhook()),
                config.claim(),
                config.queued(),
                config.reconciliation(),
                config.processing(),
                config.resubmitAfter(),
                config.predictionVisibility());
    }

    @Produces
    @Singleton
    GenerationContext generationContext(
            GenerationStore store, GenerationListener events, SweepTrigger trigger, InstantSource clock) {
        return new GenerationContext(store, events, trigger, clock);
    }

    @Produces
    @Singleton
    ModelCatalogue modelCatalogue() {
        return DeployedCatalogue.CATALOGUE;
    }

    @Produces
    @Singleton
    ImageProviders imageProviders(Instance<ImageProvider> beans, CallbackUrl callback) {
        return WiredProviders.deployed().make(beans, callback);
    }

    @Produces
    @Singleton
    AdvanceGeneration advanceGeneration(
            GenerationContext context,
            ImageProviders providers,
            WorkflowTasks tasks,
            FollowUpExecutor followUps,
            Timeouts timeouts) {
        var breaking = providers.behind(
                provider -> new CircuitBreakingImageProvider(provider, context.events(), context.clock()));
        return new AdvanceGeneration(context, breaking, tasks, followUps, timeouts);
    }

    /** Each kind of follow-up is one case. */
    @Produces
    @Singleton
    FollowUpExecutor followUpExecutor(GenerationContext context, WorkflowTasks tasks) {
        return (action, ended) -> switch (action) {
            case FollowUp.NotifyTask(var task) -> new NotifyTaskStep(tasks, context.events()).attempt(task, ended);
        };
    }

    @Produces
    @Singleton
    PaidCall paidCall(
            GenerationContext context, ImageProviders providers, AdmissionControls admissions, Timeouts timeouts) {
        var claims = new Claims(timeouts, CoreProducers::unique);
        return new PaidCall(context, providers, admissions, claims);
    }

    @Produces
    @Singleton
    SubmitGeneration submitGeneration(
            GenerationContext context, ModelCatalogue catalogue, PaidCall paidCall, AdmissionControls admissions) {
        return new SubmitGeneration(context, catalogue, paidCall, admissions, () -> new GenerationId(unique()));
    }

    @Produces
    @Singleton
    AdmissionControls admissionControls(
            SubmissionGates gates, ImageProviders providers, GenerationContext context, RateLimitConfig config) {
        return new AdmissionControls(id -> {
            var limits = new RateLimits(providers.of(id).imagesPerMinute(), config.maxQueuedPerOwner());
            var shared = new SharedGate(gates.of(id), context.events(), new RandomBackOff(), context.clock());
            return new AdmissionControl(id, shared, context, limits);
        });
    }

    @Produces
    @Singleton
    ReadGeneration readGeneration(GenerationStore store, AdmissionControls admissions) {
        return new ReadGeneration(store, admissions);
    }

    @Produces
    @Singleton
    CallbackUrl callbackUrl(GatewayConfig config) {
        return new CallbackUrl(config.publicUrl());
    }

    @Produces
    @Singleton
    ReceiveWebhook receiveWebhook(GenerationContext context, AdvanceGeneration advance) {
        return new ReceiveWebhook(context, advance);
    }

    @Produces
    @Singleton
    AuthenticateApiKey authenticateApiKey(ApiKeys keys) {
        return new AuthenticateApiKey(keys);
    }

    @Produces
    @Singleton
    SweepContext sweepContext(
            GenerationContext context, ShardLeases leases, SweepConfig config, TableConfig table, InstantSource clock) {
        int concurrency = Math.min(config.concurrency(), Math.max(1, STEPS_AT_ONCE / table.shards()));
        var limits = new SweepLimits(config.lease(), DISCOVERY, concurrency, SUBMISSIONS_AT_ONCE, ROWS_OF_A_SWEEP);
        return new SweepContext(
                context,
                leases,
                limits,
                new SystemCompletionWaiter(clock),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    @Produces
    @Singleton
    Queues queues(
            SweepContext context,
            SubmissionGates gates,
            ImageProviders providers,
            Function<ProviderId, QueueSteps> steps) {
        return new ProviderQueues(gates, providers.byId().keySet(), steps, context);
    }

    @Produces
    @Singleton
    Function<ProviderId, QueueSteps> queueSteps(
            GenerationContext context,
            PaidCall paidCall,
            AdmissionControls admissions,
            AdvanceGeneration advance,
            ModelCatalogue catalogue) {
        return provider -> new QueueSteps(context, paidCall, admissions.of(provider), advance, catalogue);
    }

    @Produces
    @Singleton
    Sweep sweep(SweepContext context, AdvanceGeneration advance, Queues queues) {
        return new Sweep(context, advance, queues, CoreProducers::unique);
    }

    /** 32 lower-case hexadecimal digits, 122 bits of them random. */
    private static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
