package dev.darkroom.runtime.wiring;

import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageIndex;
import dev.darkroom.core.archive.ImageSource;
import dev.darkroom.core.archive.InlineImages;
import dev.darkroom.core.archive.KeepImage;
import dev.darkroom.core.delivery.DeliverWebhookStep;
import dev.darkroom.core.followup.CopyImageStep;
import dev.darkroom.core.followup.DeleteImagesStep;
import dev.darkroom.core.followup.EventBus;
import dev.darkroom.core.followup.EventDetails;
import dev.darkroom.core.followup.FollowUpExecutor;
import dev.darkroom.core.followup.NotifyTaskStep;
import dev.darkroom.core.followup.SendEventStep;
import dev.darkroom.core.followup.WorkflowTasks;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.provider.CircuitBreakingImageProvider;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.step.AdvanceGeneration;
import dev.darkroom.core.step.ReceiveWebhook;
import dev.darkroom.core.step.Timeouts;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.s3.ImagesConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the steps of a row: the next step, its follow-ups, and the webhooks that end it. */
class StepProducers {

    @Produces
    @Singleton
    AdvanceGeneration advanceGeneration(
            GenerationContext context, ImageProviders providers, AdvanceGeneration.Ports ports, Timeouts timeouts) {
        var breaking = providers.behind(
                provider -> new CircuitBreakingImageProvider(provider, context.listener(), context.clock()));
        return new AdvanceGeneration(context, breaking, ports, timeouts);
    }

    /** A function without a bucket has no archive, and leaves images that are inside an answer to the sweep. */
    @Produces
    @Singleton
    AdvanceGeneration.Ports ports(
            WorkflowTasks tasks, FollowUpExecutor followUps, KeepImage keepImage, ImagesConfig images) {
        return new AdvanceGeneration.Ports(
                tasks, followUps, new InlineImages(images.bucket().map(_ -> keepImage)));
    }

    @Produces
    @Singleton
    KeepImage keepImage(ImageArchive archive, ImageIndex index) {
        return new KeepImage(archive, index);
    }

    /** Each kind of follow-up is one case. */
    @Produces
    @Singleton
    FollowUpExecutor followUpExecutor(
            GenerationContext context,
            WorkflowTasks tasks,
            ImageSource source,
            ImageArchive archive,
            KeepImage keepImage,
            DeliverWebhookStep webhooks,
            SendEventStep events) {
        var copy = new CopyImageStep(source, keepImage, context.listener(), context.clock());
        var delete = new DeleteImagesStep(archive, context.listener());
        return (action, ended) -> switch (action) {
            case FollowUp.NotifyTask(var task) -> new NotifyTaskStep(tasks, context.listener()).attempt(task, ended);
            case FollowUp.CopyImage(var number) -> copy.attempt(number, ended);
            case FollowUp.DeleteImages(var count) -> delete.attempt(ended.id(), count);
            case FollowUp.DeliverWebhook webhook -> webhooks.attempt(webhook, ended);
            case FollowUp.SendEvent() -> events.attempt(ended);
        };
    }

    @Produces
    @Singleton
    SendEventStep sendEventStep(EventBus bus, EventDetails details) {
        return new SendEventStep(bus, details);
    }

    @Produces
    @Singleton
    ReceiveWebhook receiveWebhook(GenerationContext context, AdvanceGeneration advance) {
        return new ReceiveWebhook(context, advance);
    }
}
