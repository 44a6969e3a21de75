package dev.darkroom.core.step;

import dev.darkroom.core.archive.ArchiveUnavailableException;
import dev.darkroom.core.archive.InlineImages;
import dev.darkroom.core.generation.Doubt;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.provider.ImageProvider.ProviderTask;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.store.GenerationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Polls a prediction. */
final class PollStep {

    private final GenerationContext context;
    private final ImageProviders providers;
    private final Transitions transitions;
    private final Timeouts timeouts;
    private final InlineImages inlineImages;

    PollStep(
            GenerationContext context,
            ImageProviders providers,
            Transitions transitions,
            Timeouts timeouts,
            InlineImages inlineImages) {
        this.context = context;
        this.providers = providers;
        this.transitions = transitions;
        this.timeouts = timeouts;
        this.inlineImages = inlineImages;
    }

    StepResult run(Generation generation, State.Processing processing) {
        var task = new ProviderTask(processing.upstreamPath(), processing.predictionId());
        return apply(generation, processing, providers.of(generation).poll(task));
    }

    /** Applies the provider's answer about a prediction, from a poll or a webhook, to its row. */
    StepResult apply(Generation generation, State.Processing processing, PollOutcome outcome) {
        var now = context.now();
        return switch (outcome) {
            case PollOutcome.Succeeded(var outputs, var inference) ->
                complete(generation, processing, outputs, inference);
            case PollOutcome.Inline inline -> applyInline(generation, processing, inline);
            case PollOutcome.Failed(var failure) -> transitions.write(generation.failed(failure, now));
            case PollOutcome.Running() ->
                processing.doubt() == null
                        ? transitions.stillRunning(generation)
                        : transitions.write(generation.processing(processing.withoutDoubt()));
            case PollOutcome.NotFound() ->
                now.isBefore(processing.submittedAt().plus(timeouts.predictionVisibility()))
                        ? transitions.stillRunning(generation)
                        : doubt(generation, processing, Doubt.Kind.NOT_FOUND, now);
            case PollOutcome.WithoutOutputs(var unreadable) ->
                doubt(generation, processing, unreadable ? Doubt.Kind.OUTPUTS_UNREADABLE : Doubt.Kind.NO_OUTPUTS, now);
            case PollOutcome.Unavailable(var retryAfter, var reason) ->
                transitions.unanswered(generation, reason).notBefore(retryAfter == null ? now : now.plus(retryAfter));
            case PollOutcome.Unclear(var reason) -> transitions.unanswered(generation, reason);
            case PollOutcome.CircuitOpen(var pause) ->
                transitions.stillRunning(generation).deferredUntil(now.plus(pause));
        };
    }

    private StepResult complete(
            Generation generation, State.Processing processing, List<Output> outputs, Duration inference) {
        return transitions.write(generation.completed(
                new State.Completed(processing.predictionId(), outputs, inference, context.now())));
    }

    /** The images are stored before the row is written, because the provider's answer is all that there is of them. */
    private StepResult applyInline(Generation generation, State.Processing processing, PollOutcome.Inline answer) {
        if (generation.request().keepsImages()) {
            try {
                return keepInline(generation, processing, answer);
            } catch (ArchiveUnavailableException e) {
                context.listener().inlineImagesNotStored(generation.id(), String.valueOf(e.getMessage()));
                return transitions.stillRunning(generation).failed();
            }
        }
        var failure = answer.tooLarge();
        return failure == null
                ? complete(generation, processing, answer.outputs(), answer.inference())
                : transitions.write(generation.failed(failure, context.now()));
    }

    private StepResult keepInline(Generation generation, State.Processing processing, PollOutcome.Inline answer) {
        var kept = inlineImages.keep(generation, answer.outputs());
        if (!kept.areImages() && isStillDoubtful(processing)) {
            return doubt(generation, processing, Doubt.Kind.OUTPUTS_UNREADABLE, context.now());
        }
        var result = complete(generation, processing, kept.outputs(), answer.inference());
        if (hasNoUseForImages(result.generation())) {
            inlineImages.discard(generation, kept.outputs());
        }
        return result;
    }

    /** Another writer has ended the row without images, or its owner has deleted it. */
    private static boolean hasNoUseForImages(Generation row) {
        return row.isDeleted() || (row.state().status().isTerminal() && !(row.state() instanceof State.Completed));
    }

    /** What is no image may be one when the provider is asked again. */
    private boolean isStillDoubtful(State.Processing processing) {
        var now = context.now();
        return NextStep.ofDoubt(processing.doubted(Doubt.Kind.OUTPUTS_UNREADABLE, now), timeouts, now)
                .isEmpty();
    }

    private StepResult doubt(Generation generation, State.Processing processing, Doubt.Kind kind, Instant now) {
        var doubted = processing.doubted(kind, now);
        var believed = NextStep.ofDoubt(doubted, timeouts, now);
        if (believed.isPresent()) {
            return transitions.write(generation.failed(believed.get(), now));
        }
        if (doubted.equals(processing)) {
            return transitions.stillRunning(generation);
        }
        if (kind == Doubt.Kind.OUTPUTS_UNREADABLE) {
            context.listener().outputsUnreadable(generation.id(), processing.predictionId());
        }
        return transitions.writeQuietly(generation.processing(doubted));
    }
}
