package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what happened. */
final class RecordedEvents implements GenerationEvents {

    private final List<Status> written = new CopyOnWriteArrayList<>();
    private final List<Generation> notStored = new CopyOnWriteArrayList<>();
    private final List<Shard> disturbedSweeps = new CopyOnWriteArrayList<>();
    private final List<GenerationId> adopted = new CopyOnWriteArrayList<>();
    private final List<GenerationId> resubmitted = new CopyOnWriteArrayList<>();
    private final List<Boolean> answered = new CopyOnWriteArrayList<>();
    private final List<Duration> overdue = new CopyOnWriteArrayList<>();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final List<GenerationId> onlySimilar = new CopyOnWriteArrayList<>();
    private final List<PredictionId> unreadableOutputs = new CopyOnWriteArrayList<>();
    private final List<ObservedQueue> observedQueues = new CopyOnWriteArrayList<>();
    private final List<String> unreadableRows = new CopyOnWriteArrayList<>();
    private final List<GenerationId> failedSteps = new CopyOnWriteArrayList<>();

    /** How many requests waited, and how long the oldest of them. */
    record ObservedQueue(int length, Duration oldest) {}

    @Override
    public void written(Generation generation) {
        written.add(generation.state().status());
    }

    @Override
    public void adopted(GenerationId id, PredictionId prediction) {
        adopted.add(id);
    }

    @Override
    public void resubmitted(GenerationId id) {
        resubmitted.add(id);
    }

    @Override
    public void taskAnswered(GenerationId id, boolean told) {
        answered.add(told);
    }

    @Override
    public void overdue(Shard shard, Duration age) {
        overdue.add(age);
    }

    @Override
    public void providerUnclear(GenerationId id, String reason) {}

    @Override
    public void providerPaused(Duration pause) {
        pauses.add(pause);
    }

    @Override
    public void notStored(Generation generation, RuntimeException cause) {
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
    public void queueObserved(int length, Duration oldest) {
        observedQueues.add(new ObservedQueue(length, oldest));
    }

    @Override
    public void rowUnreadable(String key) {
        unreadableRows.add(key);
    }

    @Override
    public void gateNotUpdated(RuntimeException cause) {}

    @Override
    public void sweepDisturbed(Shard shard, RuntimeException cause) {
        disturbedSweeps.add(shard);
    }

    @Override
    public void stepFailed(GenerationId id, RuntimeException cause) {
        failedSteps.add(id);
    }

    List<GenerationId> onlySimilar() {
        return List.copyOf(onlySimilar);
    }

    List<PredictionId> unreadableOutputs() {
        return List.copyOf(unreadableOutputs);
    }

    List<ObservedQueue> observedQueues() {
        return List.copyOf(observedQueues);
    }

    List<String> unreadableRows() {
        return List.copyOf(unreadableRows);
    }

    List<Status> written() {
        return List.copyOf(written);
    }

    List<GenerationId> adopted() {
        return List.copyOf(adopted);
    }

    List<GenerationId> resubmitted() {
        return List.copyOf(resubmitted);
    }

    List<Generation> notStored() {
        return List.copyOf(notStored);
    }

    List<Shard> disturbedSweeps() {
        return List.copyOf(disturbedSweeps);
    }

    /** Whether each task that was answered was still there. */
    List<Boolean> answered() {
        return List.copyOf(answered);
    }

    List<Duration> overdue() {
        return List.copyOf(overdue);
    }

    List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    List<GenerationId> failedSteps() {
        return List.copyOf(failedSteps);
    }
}
