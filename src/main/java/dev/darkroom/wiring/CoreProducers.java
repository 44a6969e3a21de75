package dev.darkroom.wiring;

import dev.darkroom.application.AdmissionControl;
import dev.darkroom.application.AdvanceGeneration;
import dev.darkroom.application.ApiKeys;
import dev.darkroom.application.Authorize;
import dev.darkroom.application.BudgetStore;
import dev.darkroom.application.CallbackAddress;
import dev.darkroom.application.GenerationEvents;
import dev.darkroom.application.GenerationStore;
import dev.darkroom.application.ImageProvider;
import dev.darkroom.application.ModelCatalogue;
import dev.darkroom.application.PaidCall;
import dev.darkroom.application.ReadGeneration;
import dev.darkroom.application.ReceiveWord;
import dev.darkroom.application.ShardLeases;
import dev.darkroom.application.SparedProvider;
import dev.darkroom.application.SubmissionQueue;
import dev.darkroom.application.SubmitGeneration;
import dev.darkroom.application.SweepKick;
import dev.darkroom.application.SweepLimits;
import dev.darkroom.application.SweepShards;
import dev.darkroom.application.SweepTools;
import dev.darkroom.application.Timings;
import dev.darkroom.application.WorkflowTasks;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.RateLimits;
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
    private static final Duration FIRST_LOOK = Duration.ofSeconds(2);
    private static final Duration FIRST_LOOK_WHEN_TOLD = Duration.ofMinutes(2);
    private static final int ROWS_OF_A_SWEEP = 10_000;

    /** In all shards together: as many as the provider's client has connections. More would only take memory. */
    private static final int STEPS_AT_ONCE = 256;

    /** In milliseconds, the grain in which times are stored, so that a row equals what is read back. */
    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Produces
    @Singleton
    Timings timings(TimingsConfig timings, CallbackAddress callback) {
        return new Timings(
                timings.firstLook().orElse(callback.isKnown() ? FIRST_LOOK_WHEN_TOLD : FIRST_LOOK),
                timings.claimTimeout(),
                timings.submitGiveUp(),
                timings.unconfirmedGiveUp(),
                timings.resubmitAfter(),
                timings.predictionVisible());
    }

    @Produces
    @Singleton
    ModelCatalogue modelCatalogue() {
        return new JsonSchemaCatalogue();
    }

    @Produces
    @Singleton
    AdvanceGeneration advanceGeneration(
            GenerationStore store,
            Instance<ImageProvider> provider,
            ModelCatalogue catalogue,
            WorkflowTasks tasks,
            AdmissionControl admission,
            GenerationEvents events,
            Timings timings,
            InstantSource clock) {
        var spared = new SparedProvider(new LateImageProvider(provider), events, clock);
        return new AdvanceGeneration(store, spared, catalogue, tasks, admission, events, timings, clock);
    }

    @Produces
    @Singleton
    PaidCall paidCall(
            GenerationStore store,
            Instance<ImageProvider> provider,
            AdmissionControl admission,
            GenerationEvents events,
            WorkflowTasks tasks,
            Timings timings,
            InstantSource clock) {
        return new PaidCall(
                store,
                new LateImageProvider(provider),
                admission,
                events,
                tasks,
                timings,
                CoreProducers::unique,
                clock);
    }

    @Produces
    @Singleton
    SubmitGeneration submitGeneration(
            ModelCatalogue catalogue,
            GenerationStore store,
            AdmissionControl admission,
            PaidCall paidCall,
            SweepKick kick,
            GenerationEvents events,
            InstantSource clock) {
        return new SubmitGeneration(
                catalogue, store, admission, paidCall, kick, events, () -> new GenerationId(unique()), clock);
    }

    @Produces
    @Singleton
    AdmissionControl admissionControl(
            BudgetStore budgets,
            GenerationStore store,
            GenerationEvents events,
            BudgetConfig config,
            InstantSource clock) {
        var limits = new RateLimits(config.imagesPerMinute(), config.predictionsInFlight(), config.queuedPerOwner());
        return new AdmissionControl(budgets, store, events, limits, clock);
    }

    @Produces
    @Singleton
    SubmissionQueue submissionQueue(
            GenerationStore store,
            AdmissionControl admission,
            ModelCatalogue catalogue,
            PaidCall paidCall,
            GenerationEvents events,
            InstantSource clock) {
        return new SubmissionQueue(store, admission, catalogue, paidCall, events, clock);
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
    ReceiveWord receiveWord(
            GenerationStore store,
            AdvanceGeneration advance,
            SweepKick kick,
            GenerationEvents events,
            InstantSource clock) {
        return new ReceiveWord(store, advance, kick, events, clock);
    }

    @Produces
    @Singleton
    Authorize authorize(ApiKeys keys) {
        return new Authorize(keys);
    }

    @Produces
    @Singleton
    SweepShards sweepShards(
            GenerationStore store,
            ShardLeases leases,
            AdvanceGeneration advance,
            SubmissionQueue queue,
            SweepKick kick,
            GenerationEvents events,
            SweepConfig config,
            TableConfig table,
            InstantSource clock) {
        int concurrency = Math.min(config.concurrency(), Math.max(1, STEPS_AT_ONCE / table.shards()));
        var limits = new SweepLimits(config.lease(), DISCOVERY, concurrency, ROWS_OF_A_SWEEP);
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        var tools = new SweepTools(
                store, leases, advance, queue, kick, events, limits, new RealSweepTimer(clock), executor, clock);
        return new SweepShards(tools, CoreProducers::unique);
    }

    /** 32 lower-case hexadecimal digits, 122 bits of them random. */
    private static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
