package dev.darkroom.core;

import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.core.store.GenerationListener.ProviderCall;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.webhook.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers the events. */
public final class RecordingListener implements GenerationListener {

    public final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final List<Status> written = new CopyOnWriteArrayList<>();
    private final List<BudgetWindow> softBudgets = new CopyOnWriteArrayList<>();
    private final List<Money> observedBudgets = new CopyOnWriteArrayList<>();
    private final List<Generation> notStored = new CopyOnWriteArrayList<>();
    private final List<DueIndexPartition> sweepErrors = new CopyOnWriteArrayList<>();
    private final List<GenerationId> adopted = new CopyOnWriteArrayList<>();
    private final List<GenerationId> resubmitted = new CopyOnWriteArrayList<>();
    private final List<Boolean> notified = new CopyOnWriteArrayList<>();
    private final List<GenerationId> deleted = new CopyOnWriteArrayList<>();
    private final List<FollowUp> abandoned = new CopyOnWriteArrayList<>();
    private final List<ImageFacts> keptImages = new CopyOnWriteArrayList<>();
    private final List<String> failedCopies = new CopyOnWriteArrayList<>();
    private final List<Duration> overdueCopies = new CopyOnWriteArrayList<>();
    private final List<String> imagesNotCopied = new CopyOnWriteArrayList<>();
    private final List<String> inlineImagesNotStored = new CopyOnWriteArrayList<>();
    private final List<String> failedDeletions = new CopyOnWriteArrayList<>();
    private final List<Duration> overdue = new CopyOnWriteArrayList<>();
    private final List<Opening> openings = new CopyOnWriteArrayList<>();
    private final List<GenerationId> onlySimilar = new CopyOnWriteArrayList<>();
    private final List<PredictionId> unreadableOutputs = new CopyOnWriteArrayList<>();
    private final List<ObservedQueue> observedQueues = new CopyOnWriteArrayList<>();
    private final List<String> unreadableRows = new CopyOnWriteArrayList<>();
    private final List<GenerationId> joined = new CopyOnWriteArrayList<>();
    private final List<GenerationId> timedOut = new CopyOnWriteArrayList<>();
    private final List<GenerationId> notSettled = new CopyOnWriteArrayList<>();
    private final List<GenerationId> failedSteps = new CopyOnWriteArrayList<>();

    /** A circuit of a provider that opened, and for how long. */
    public record Opening(ProviderId provider, ProviderCall calls, Duration pause) {}

    /** The queue's length, and how long its oldest request has waited. */
    public record ObservedQueue(ProviderId provider, int length, Duration oldest) {}

    @Override
    public void stateChanged(Generation generation) {
        written.add(generation.state().status());
    }

    @Override
    public void predictionAdopted(GenerationId id, PredictionId prediction) {
        adopted.add(id);
    }

    @Override
    public void resubmitted(GenerationId id) {
        resubmitted.add(id);
    }

    @Override
    public void taskNotified(GenerationId id, boolean delivered) {
        notified.add(delivered);
    }

    @Override
    public void followUpAbandoned(GenerationId id, FollowUp followUp) {
        abandoned.add(followUp);
    }

    @Override
    public void imageKept(GenerationId id, int number, ImageFacts facts) {
        keptImages.add(facts);
    }

    @Override
    public void imageCopyFailed(GenerationId id, int number, String reason) {
        failedCopies.add(reason);
    }

    @Override
    public void inlineImagesNotStored(GenerationId id, String reason) {
        inlineImagesNotStored.add(reason);
    }

    @Override
    public void imageCopyOverdue(GenerationId id, int number, Duration left) {
        overdueCopies.add(left);
    }

    @Override
    public void imageNotCopied(GenerationId id, int number, String reason) {
        imagesNotCopied.add(reason);
    }

    @Override
    public void webhookAttempted(GenerationId id, Delivery delivery) {
        deliveries.add(delivery);
    }

    @Override
    public void imageDeletionFailed(GenerationId id, String reason) {
        failedDeletions.add(reason);
    }

    @Override
    public void deleted(GenerationId id) {
        deleted.add(id);
    }

    @Override
    public void retryJoined(GenerationId id) {
        joined.add(id);
    }

    @Override
    public void askedAgain(GenerationId id) {}

    @Override
    public void waitTimedOut(GenerationId id) {
        timedOut.add(id);
    }

    @Override
    public void callNotSettled(GenerationId id, RuntimeException cause) {
        notSettled.add(id);
    }

    @Override
    public void overdue(Shard shard, Duration age) {
        overdue.add(age);
    }

    @Override
    public void providerCallFailed(GenerationId id, String reason) {}

    @Override
    public void circuitOpened(ProviderId provider, ProviderCall calls, Duration pause) {
        openings.add(new Opening(provider, calls, pause));
    }

    @Override
    public void outcomeNotStored(Generation generation, RuntimeException cause) {
        notStored.add(generation);
    }

    @Override
    public void onlySimilarFound(GenerationId id, int similar) {
        onlySimilar.add(id);
    }

    @Override
    public void outputsUnreadable(GenerationId id, PredictionId prediction) {
        unreadableOutputs.add(prediction);
    }

    @Override
    public void queueObserved(ProviderId provider, int length, Duration oldest) {
        observedQueues.add(new ObservedQueue(provider, length, oldest));
    }

    @Override
    public void rowUnreadable(String key) {
        unreadableRows.add(key);
    }

    @Override
    public void gateNotUpdated(RuntimeException cause) {}

    @Override
    public void sweepError(DueIndexPartition partition, RuntimeException cause) {
        sweepErrors.add(partition);
    }

    @Override
    public void stepFailed(GenerationId id, RuntimeException cause) {
        failedSteps.add(id);
    }

    public List<ImageFacts> keptImages() {
        return List.copyOf(keptImages);
    }

    /** Why attempts to copy images failed. */
    public List<String> failedCopies() {
        return List.copyOf(failedCopies);
    }

    /** How much time was left for images that were not copied yet. */
    public List<Duration> overdueCopies() {
        return List.copyOf(overdueCopies);
    }

    /** Why images were given up. */
    public List<String> imagesNotCopied() {
        return List.copyOf(imagesNotCopied);
    }

    /** Why images inside answers were not stored. */
    public List<String> inlineImagesNotStored() {
        return List.copyOf(inlineImagesNotStored);
    }

    /** Why attempts to delete images failed. */
    public List<String> failedDeletions() {
        return List.copyOf(failedDeletions);
    }

    public List<GenerationId> onlySimilar() {
        return List.copyOf(onlySimilar);
    }

    public List<PredictionId> unreadableOutputs() {
        return List.copyOf(unreadableOutputs);
    }

    public List<ObservedQueue> observedQueues() {
        return List.copyOf(observedQueues);
    }

    /** The windows whose soft limit was reported as reached. */
    public List<BudgetWindow> softBudgets() {
        return List.copyOf(softBudgets);
    }

    public List<Money> observedBudgets() {
        return List.copyOf(observedBudgets);
    }

    @Override
    public void budgetObserved(SpendLimit limit, Money committed) {
        observedBudgets.add(committed);
    }

    @Override
    public void softBudgetReached(SpendLimit limit, BudgetWindow window, Money committed) {
        softBudgets.add(window);
    }

    public List<String> unreadableRows() {
        return List.copyOf(unreadableRows);
    }

    public List<GenerationId> joined() {
        return List.copyOf(joined);
    }

    public List<GenerationId> timedOut() {
        return List.copyOf(timedOut);
    }

    public List<GenerationId> notSettled() {
        return List.copyOf(notSettled);
    }

    public List<Status> written() {
        return List.copyOf(written);
    }

    public List<GenerationId> adopted() {
        return List.copyOf(adopted);
    }

    public List<GenerationId> resubmitted() {
        return List.copyOf(resubmitted);
    }

    public List<Generation> notStored() {
        return List.copyOf(notStored);
    }

    public List<DueIndexPartition> sweepErrors() {
        return List.copyOf(sweepErrors);
    }

    /** Whether each notified task still existed. */
    public List<Boolean> notified() {
        return List.copyOf(notified);
    }

    public List<GenerationId> deleted() {
        return List.copyOf(deleted);
    }

    public List<FollowUp> abandoned() {
        return List.copyOf(abandoned);
    }

    public List<Duration> overdue() {
        return List.copyOf(overdue);
    }

    public List<Opening> openings() {
        return List.copyOf(openings);
    }

    public List<GenerationId> failedSteps() {
        return List.copyOf(failedSteps);
    }
}
