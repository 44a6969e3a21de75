package dev.darkroom.explorer;

import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.joining.CallState;
import dev.darkroom.core.joining.ClientRequest;
import dev.darkroom.core.joining.OpenCall;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.submission.CancelGeneration.Result;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.simulation.FewModels;
import dev.darkroom.simulation.SimulatedCore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What one process of a {@link World} can do. */
final class ExploredCore {

    private static final Duration WINDOW = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofMillis(8_500);

    private final World world;
    private final SimulatedCore core;

    ExploredCore(World world, SimulatedProcess process) {
        this.world = world;
        this.core = new SimulatedCore(new ExploredPorts(world, process), world.rules.settings());
    }

    /** Submits without a key and without a deadline for the answer. */
    void submit(String prompt) {
        submit(FewModels.GOOD, prompt, Optional.empty(), Optional.empty(), List.of());
    }

    /** Submits under a key for a caller, who has to be answered in time. */
    void submit(String prompt, String key) {
        var answerBy = Optional.of(world.clock.instant().plus(ANSWER));
        submit(FewModels.GOOD, prompt, Optional.of(key), answerBy, List.of());
    }

    /** Starts the generation of a workflow's task under a key. */
    void start(String prompt, String key, String task) {
        submitOwing(FewModels.GOOD, prompt, key, new NotifyTask(new TaskToken(task)));
    }

    /** The same with a generation that is sent twice, as a row and its copy. */
    void startPair(String prompt, String key, String task) {
        submitOwing(FewModels.PAIR, prompt, key, new NotifyTask(new TaskToken(task)));
    }

    /** Submits under a key, with a webhook to this receiver. */
    void submitTelling(String prompt, String key, String receiver) {
        submitOwing(FewModels.GOOD, prompt, key, new DeliverWebhook(ExploredReceivers.target(receiver)));
    }

    private void submitOwing(String model, String prompt, String key, FollowUp.Action owed) {
        submit(model, prompt, Optional.of(key), Optional.empty(), List.of(owed));
    }

    private void submit(
            String model, String prompt, Optional<String> key, Optional<Instant> answerBy, List<FollowUp.Action> owed) {
        core.submit(model, prompt, key, answerBy, owed).ifPresent(id -> {
            world.answered(id);
            owed.forEach(world.followUps::promised);
        });
    }

    /** Sends a request of a client's call, looks once whether the generation has ended, and answers. */
    CallAnswer call(int retries) {
        return call(retries, core::askAgain);
    }

    /** What a gateway must not do: "ask again" is answered, but not noted. */
    CallAnswer callWithoutNote(int retries) {
        return call(retries, _ -> true);
    }

    private CallAnswer call(int retries, Predicate<OpenCall> askAgain) {
        var answeredBy = world.clock.instant().plus(ExploredClient.PATIENCE);
        var call = core.call("a cat", new ClientRequest("/v1/images/generations", retries, answeredBy));
        try {
            if (!hasEnded(call) && (askAgain.test(call) || !hasEnded(call))) {
                return new CallAnswer.AskAgain();
            }
        } catch (StoreUnavailableException _) {
            return new CallAnswer.Refused(call.generation());
        }
        core.answered(call);
        boolean noted = world.calls
                .find(call.key())
                .find(call.generation())
                .filter(found -> found.state() instanceof CallState.Answered)
                .isPresent();
        return new CallAnswer.Ended(call.generation(), noted);
    }

    /** A row that cannot be read has not ended yet, as far as its caller sees it. */
    private boolean hasEnded(OpenCall call) {
        try {
            return core.find(call.generation())
                    .filter(row -> row.state().status().isTerminal())
                    .isPresent();
        } catch (StoreUnavailableException _) {
            return false;
        }
    }

    /** One step of each row that is due some time: it is not queued, and has not ended or owes follow-ups. */
    void step() {
        due().forEach(core::step);
    }

    /** The same as {@link #step}, from the last row to the first. */
    void stepBackwards() {
        due().reversed().forEach(core::step);
    }

    private List<GenerationId> due() {
        return world.unfinished().stream()
                .filter(row -> row.dueAt() != null)
                .map(Generation::id)
                .sorted(Comparator.comparing(GenerationId::value))
                .toList();
    }

    void sweep() {
        sweep(SimulatedCore.ONLY_SHARD);
    }

    void sweepQueue() {
        sweep(SimulatedCore.ONLY_QUEUE);
    }

    void sweepEverything() {
        sweep(SimulatedCore.ONLY_SHARD, SimulatedCore.ONLY_QUEUE);
    }

    private void sweep(DueIndexPartition... partitions) {
        core.sweep(List.of(partitions), List.of(), WINDOW);
    }

    /** The provider sends a webhook for every prediction so far: each has succeeded. */
    void receiveWebhooks() {
        for (var made : world.ledger.made()) {
            var image = ExploredProvider.image(made.prediction());
            boolean used = core.receive(made.row(), made.prediction(), image, made.input());
            if (!used && world.isMissing(made)) {
                world.ledger.violated("a webhook was refused that its row needs: " + made);
            }
        }
    }

    /** The owner cancels every request that is stored by now, the last one first. */
    void cancel() {
        stored().reversed().forEach(id -> {
            switch (core.cancel(id)) {
                case Result.Ended(var row) -> world.cancellations.ended(row);
                case Result.AlreadySubmitted _ -> world.cancellations.refused(id);
                case Result.NotFound() -> world.ledger.violated("stored, but not found: " + id);
            }
        });
    }

    /** The same, but without regard to claims. */
    void cancelAnyway() {
        stored().reversed().forEach(core::endAnyway);
    }

    private List<GenerationId> stored() {
        return world.rows.all().stream()
                .filter(row -> !row.isCopy())
                .map(Generation::id)
                .sorted(Comparator.comparing(GenerationId::value))
                .toList();
    }

    void pass(Duration time) {
        world.clock.advance(time);
    }
}
