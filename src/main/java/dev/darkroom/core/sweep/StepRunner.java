package dev.darkroom.core.sweep;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.UnreadableRowException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** Runs steps beside the deciding thread, and returns how they ended. */
final class StepRunner<R> {

    private final SweepContext context;
    private final BlockingQueue<Completion<R>> completions = new LinkedBlockingQueue<>();
    private int running;

    StepRunner(SweepContext context) {
        this.context = context;
    }

    /** {@code result} is empty when the step ended in an exception. */
    record Completion<R>(GenerationId id, Optional<R> result) {}

    void start(GenerationId id, Supplier<R> step) {
        running++;
        context.executor().execute(() -> run(id, step));
    }

    /** Completes in any case; otherwise the sweep would wait for ever. */
    private void run(GenerationId id, Supplier<R> step) {
        Optional<R> result = Optional.empty();
        try {
            result = Optional.of(step.get());
        } catch (UnreadableRowException e) {
            context.generations().listener().rowUnreadable(id.value());
        } catch (RuntimeException e) {
            context.generations().listener().stepFailed(id, e);
        } catch (VirtualMachineError e) {
            context.generations().listener().stepFailed(id, new IllegalStateException(e));
        } finally {
            completions.add(new Completion<>(id, result));
        }
    }

    int running() {
        return running;
    }

    /** Waits until a step has completed or it is {@code until}, and returns the completed steps. */
    List<Completion<R>> await(Instant until) throws InterruptedException {
        var completed = new ArrayList<Completion<R>>();
        context.waiter().await(completions, until).ifPresent(completed::add);
        completions.drainTo(completed);
        running -= completed.size();
        return completed;
    }

    /** Returns the completed steps without waiting. */
    List<Completion<R>> completed() {
        var completed = new ArrayList<Completion<R>>();
        completions.drainTo(completed);
        running -= completed.size();
        return completed;
    }
}
