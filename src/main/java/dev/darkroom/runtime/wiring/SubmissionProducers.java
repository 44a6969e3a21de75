package dev.darkroom.runtime.wiring;

import dev.darkroom.core.budget.SpendLimits;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.joining.CallStore;
import dev.darkroom.core.joining.SettleCall;
import dev.darkroom.core.joining.SubmitCall;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.ratelimit.AdmissionControl;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.RateLimits;
import dev.darkroom.core.ratelimit.SharedGate;
import dev.darkroom.core.ratelimit.SubmissionGates;
import dev.darkroom.core.step.Timeouts;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.submission.CancelGeneration;
import dev.darkroom.core.submission.Claims;
import dev.darkroom.core.submission.NewIds;
import dev.darkroom.core.submission.PaidCall;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.core.submission.StandingFollowUps;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.waiting.AwaitGeneration;
import dev.darkroom.core.waiting.StatusReader;
import dev.darkroom.s3.ImagesConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes the path of a request: rate limit, paid call, cancellation, and reading and awaiting what became of it. */
class SubmissionProducers {

    @Produces
    @Singleton
    PaidCall paidCall(
            GenerationContext context,
            ImageProviders providers,
            AdmissionControls admissions,
            Timeouts timeouts,
            SpendLimits limits) {
        var claims = new Claims(timeouts, RandomIds::next);
        return new PaidCall(context, providers, admissions, claims, limits);
    }

    @Produces
    @Singleton
    SubmitGeneration submitGeneration(
            GenerationContext context,
            ModelCatalogue catalogue,
            PaidCall paidCall,
            AdmissionControls admissions,
            NewIds newIds,
            StandingFollowUps standing) {
        return new SubmitGeneration(context, catalogue, paidCall, admissions, newIds).owing(standing);
    }

    @Produces
    @Singleton
    SubmitCall submitCall(
            SubmitGeneration submitGeneration, CallStore calls, GenerationContext context, NewIds newIds) {
        return new SubmitCall(submitGeneration, calls, context, newIds);
    }

    @Produces
    @Singleton
    SettleCall settleCall(CallStore calls, GenerationContext context) {
        return new SettleCall(calls, context);
    }

    @Produces
    @Singleton
    NewIds newIds(ImagesConfig images) {
        return new RandomNewIds(images.bucket().isPresent());
    }

    private record RandomNewIds(boolean keepsImages) implements NewIds {
        @Override
        public GenerationId next() {
            return new GenerationId(RandomIds.next());
        }

        @Override
        public Optional<LinkToken> linkToken() {
            return keepsImages ? Optional.of(RandomIds.linkToken()) : Optional.empty();
        }
    }

    @Produces
    @Singleton
    AdmissionControls admissionControls(
            SubmissionGates gates, ImageProviders providers, GenerationContext context, RateLimitConfig config) {
        return new AdmissionControls(id -> {
            var limits = new RateLimits(providers.of(id).imagesPerMinute(), config.maxQueuedPerOwner());
            var shared = new SharedGate(gates.of(id), context.listener(), new RandomBackOff(), context.clock());
            return new AdmissionControl(id, shared, context, limits);
        });
    }

    @Produces
    @Singleton
    CancelGeneration cancelGeneration(GenerationContext context, AdmissionControls admissions) {
        return new CancelGeneration(context, admissions);
    }

    @Produces
    @Singleton
    ReadGeneration readGeneration(GenerationStore store, AdmissionControls admissions) {
        return new ReadGeneration(store, admissions);
    }

    @Produces
    @Singleton
    AwaitGeneration awaitGeneration(GenerationContext context, StatusReader statuses, ReadGeneration readGeneration) {
        return new AwaitGeneration(context, statuses, readGeneration, Thread::sleep);
    }
}
