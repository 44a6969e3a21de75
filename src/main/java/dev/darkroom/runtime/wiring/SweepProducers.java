package dev.darkroom.runtime.wiring;

import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.queue.ProviderQueues;
import dev.darkroom.core.queue.QueueSteps;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.SubmissionGates;
import dev.darkroom.core.step.AdvanceGeneration;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.submission.PaidCall;
import dev.darkroom.core.sweep.Queues;
import dev.darkroom.core.sweep.ShardLeases;
import dev.darkroom.core.sweep.Sweep;
import dev.darkroom.core.sweep.SweepContext;
import dev.darkroom.core.sweep.SweepLimits;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.worker.SweepConfig;
import dev.darkroom.worker.SystemCompletionWaiter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Makes the sweep of due rows and of the queues. */
class SweepProducers {

    private static final Duration DISCOVERY = Duration.ofSeconds(1);
    private static final int ROWS_OF_A_SWEEP = 10_000;

    /** The fifth row is for the larger function: with five, that costs less for each of them than one does here. */
    private static final int ROWS_OF_A_SWEEP_OF_FEW = 5;

    /** In all shards together. More would only take memory. */
    private static final int STEPS_AT_ONCE = 256;

    /** In the queue. */
    private static final int SUBMISSIONS_AT_ONCE = 64;

    @Produces
    @Singleton
    SweepContext sweepContext(
            GenerationContext context, ShardLeases leases, SweepConfig config, TableConfig table, InstantSource clock) {
        int concurrency = Math.min(config.concurrency(), Math.max(1, STEPS_AT_ONCE / table.shards()));
        int rows = config.few() ? ROWS_OF_A_SWEEP_OF_FEW : ROWS_OF_A_SWEEP;
        var limits = new SweepLimits(config.lease(), DISCOVERY, concurrency, SUBMISSIONS_AT_ONCE, rows, config.few());
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
        return new Sweep(context, advance, queues, RandomIds::next);
    }
}
