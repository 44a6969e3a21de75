package dev.darkroom.wiring;

import dev.darkroom.application.AdmissionControl;
import dev.darkroom.application.AdvanceGeneration;
import dev.darkroom.application.ApiKeys;
import dev.darkroom.application.Authorize;
import dev.darkroom.application.CallbackAddress;
import dev.darkroom.application.CircuitBreakingImageProvider;
import dev.darkroom.application.Claims;
import dev.darkroom.application.GenerationContext;
import dev.darkroom.application.GenerationEvents;
import dev.darkroom.application.GenerationStore;
import dev.darkroom.application.ImageProvider;
import dev.darkroom.application.ModelCatalogue;
import dev.darkroom.application.PaidCall;
import dev.darkroom.application.QueueSteps;
import dev.darkroom.application.ReadGeneration;
import dev.darkroom.application.ReceiveWord;
import dev.darkroom.application.ShardLeases;
import dev.darkroom.application.SharedGate;
import dev.darkroom.application.SubmissionGateStore;
import dev.darkroom.application.SubmitGeneration;
import dev.darkroom.application.Sweep;
import dev.darkroom.application.SweepContext;
import dev.darkroom.application.SweepKick;
import dev.darkroom.application.SweepLimits;
import dev.darkroom.application.WorkflowTasks;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.RateLimits;
import dev.darkroom.domain.Timeouts;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.lambda.SweepConfig;
import dev.darkroom.models.JsonSchemaCatalogue;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.Executors;

/** Puts the use cases together. */
class CoreProducers {

    private static final Duration DISCOVERY = Duration.ofSeconds(1);
    private static final Duration FIRST_CHECK = Duration.ofSeconds(2);
    private static final Duration FIRST_CHECK_WITH_WEBHOOKS = Duration.ofMinutes(2);
    private static final int ROWS_OF_A_SWEEP = 10_000;

    /** In all shards together. More would only take memory. */
    private static final int STEPS_AT_ONCE = 256;

    /** In the queue. */
    private static final int SUBMISSIONS_AT_ONCE = 64;

    /** In milliseconds, the grain in which times are stored, so that a row equals what is read back. */
    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Produces
    @Singleton
    Timeouts timeouts(TimingsConfig timings, CallbackAddress callback) {
        return new Timeouts(
                timings.firstLook().orElse(callback.isKnown() ? FIRST_CHECK_WITH_WEBHOOKS : FIRST_CHECK),
                timings.claimTimeout(),
                timings.submitGiveUp(),
                timings.unconfirmedGiveUp(),
                timings.processingGiveUp(),
                timings.resubmitAfter(),
                timings.predictionVisible());
    }

    @Produces
    @Singleton
    GenerationContext generationContext(
            GenerationStore store, GenerationEvents events, SweepKick kick, InstantSource clock) {
        return new GenerationContext(store, events, kick, clock);
    }

    @Produces
    @Singleton
    ModelCatalogue modelCatalogue() {
        return new JsonSchemaCatalogue();
    }

    @Produces
    @Singleton
    AdvanceGeneration advanceGeneration(
            GenerationContext context, Instance<ImageProvider> provider, WorkflowTasks tasks, Timeouts timeouts) {
        var guarded =
                new CircuitBreakingImageProvider(new LateImageProvider(provider), context.events(), context.clock());
        return new AdvanceGeneration(context, guarded, tasks, timeouts);
    }

    @Produces
    @Singleton
    PaidCall paidCall(
            GenerationContext context,
            Instance<ImageProvider> provider,
            AdmissionControl admission,
            Timeouts timeouts) {
        var claims = new Claims(timeouts, CoreProducers::unique);
        return new PaidCall(context, new LateImageProvider(provider), admission, claims);
    }

    @Produces
    @Singleton
    SubmitGeneration submitGeneration(
            GenerationContext context, ModelCatalogue catalogue, PaidCall paidCall, AdmissionControl admission) {
        return new SubmitGeneration(context, catalogue, paidCall, admission, () -> new GenerationId(unique()));
    }

    @Produces
    @Singleton
    AdmissionControl admissionControl(SubmissionGateStore gates, GenerationContext context, RateLimitConfig config) {
        var limits = new RateLimits(config.imagesPerMinute(), config.queuedPerOwner());
        var shared = new SharedGate(gates, context.events(), new RandomBackOff(), context.clock());
        return new AdmissionControl(shared, context, limits);
    }

    @Produces
    @Singleton
    ReadGeneration readGeneration(GenerationStore store, AdmissionControl admission) {
        return new ReadGeneration(store, admission);
    }

    @Produces
    @Singleton
    CallbackAddress callbackAddress(WebhookConfig config) {
        return new CallbackAddress(config.publicUrl());
    }

    @Produces
    @Singleton
    ReceiveWord receiveWord(GenerationContext context, AdvanceGeneration advance) {
        return new ReceiveWord(context, advance);
    }

    @Produces
    @Singleton
    Authorize authorize(ApiKeys keys) {
        return new Authorize(keys);
    }

    @Produces
    @Singleton
    SweepContext sweepContext(
            GenerationContext context, ShardLeases leases, SweepConfig config, TableConfig table, InstantSource clock) {
        int concurrency = Math.min(config.concurrency(), Math.max(1, STEPS_AT_ONCE / table.shards()));
        var limits = new SweepLimits(config.lease(), DISCOVERY, concurrency, SUBMISSIONS_AT_ONCE, ROWS_OF_A_SWEEP);
        return new SweepContext(
                context, leases, limits, new RealSweepTimer(clock), Executors.newVirtualThreadPerTaskExecutor());
    }

    @Produces
    @Singleton
    Sweep sweep(
            SweepContext context,
            AdvanceGeneration advance,
            PaidCall paidCall,
            AdmissionControl admission,
            ModelCatalogue catalogue) {
        var queue = new QueueSteps(context.generations(), paidCall, admission, advance, catalogue);
        return new Sweep(context, advance, queue, CoreProducers::unique);
    }

    /** 32 lower-case hexadecimal digits, 122 bits of them random. */
    private static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
