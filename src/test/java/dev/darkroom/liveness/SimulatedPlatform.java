package dev.darkroom.liveness;

import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.GenerationStore.DueRow;
import dev.darkroom.core.store.SweepTrigger;
import dev.darkroom.simulation.FewModels;
import dev.darkroom.simulation.Settings;
import dev.darkroom.simulation.SimulatedCore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The functions, each with as many processes as it has events at once, and the schedule. */
final class SimulatedPlatform {

    /** The configured window: a little less than four minutes. */
    private static final Duration WINDOW = Duration.ofSeconds(238);

    private static final Duration SCHEDULE = Duration.ofMinutes(1);
    private static final Duration ANSWER = Duration.ofMillis(8_500);
    private static final Duration INVOCATION = Duration.ofMillis(50);

    private final Simulation simulation = new Simulation();
    private final SimulatedPorts ports;
    private final Settings settings;
    private final Deque<SimulatedCore> idleSubmits = new ArrayDeque<>();
    private final Deque<SimulatedCore> idlePolls = new ArrayDeque<>();
    private boolean triggersAreLost;
    private Instant outFrom = Instant.MAX;
    private Instant outUntil = Instant.MAX;

    SimulatedPlatform(Settings settings, Bad bad) {
        this.settings = settings;
        this.ports = new SimulatedPorts(simulation, bad, this::isOut, new Trigger());
    }

    /** A caller requests an image at this time; {@code owed} has to be done afterwards. */
    void submitAt(Instant time, String model, String prompt, List<FollowUp.Action> owed) {
        var answerBy = Optional.of(time.plus(ANSWER));
        simulation.startAt(
                time, () -> invoke(idleSubmits, core -> core.submit(model, prompt, Optional.empty(), answerBy, owed)));
    }

    /** From now on only the schedule starts sweeps. */
    void loseTriggers() {
        triggersAreLost = true;
    }

    /** The provider has an outage between these times. */
    void providerIsOut(Instant from, Instant until) {
        outFrom = from;
        outUntil = until;
    }

    private boolean isOut(Instant time) {
        return !time.isBefore(outFrom) && time.isBefore(outUntil);
    }

    /** A deployment removes the bad model from the catalogue at this time. */
    void removeBadModelAt(Instant time) {
        simulation.startAt(time, () -> ports.catalogue.remove(FewModels.BAD));
    }

    /** Runs all this and the schedule until {@code end}; returns all rows. */
    Collection<Generation> runUntil(Instant end) {
        simulation.start(this::schedule);
        simulation.runUntil(end);
        return ports.rows.all();
    }

    /** When each task was notified. */
    Map<TaskToken, Instant> notifiedAt() {
        return ports.tasks.notifiedAt();
    }

    /** When the receiver of each prompt was told. */
    Map<String, Instant> toldAt() {
        return ports.receivers.toldAt();
    }

    private void schedule() {
        poll(List.of(SimulatedCore.ONLY_SHARD, SimulatedCore.ONLY_QUEUE), List.of());
        simulation.startAt(simulation.clock().instant().plus(SCHEDULE), this::schedule);
    }

    /** Triggers a sweep by an asynchronous event, as the functions do. */
    private final class Trigger implements SweepTrigger {

        @Override
        public void triggerFor(Generation row) {
            var dueAt = row.dueAt();
            if (dueAt == null) {
                trigger(SimulatedCore.ONLY_QUEUE);
            } else {
                trigger(SimulatedCore.ONLY_SHARD, List.of(new DueRow(row.id(), dueAt)));
            }
        }

        @Override
        public void trigger(DueIndexPartition partition) {
            trigger(partition, List.of());
        }

        private void trigger(DueIndexPartition partition, List<DueRow> due) {
            if (!triggersAreLost) {
                poll(List.of(partition), due);
            }
        }
    }

    private void poll(List<DueIndexPartition> partitions, List<DueRow> due) {
        simulation.start(() -> invoke(idlePolls, core -> core.sweep(partitions, due, WINDOW)));
    }

    private void invoke(Deque<SimulatedCore> idle, Consumer<SimulatedCore> event) {
        simulation.sleep(INVOCATION);
        var core = idle.isEmpty() ? new SimulatedCore(ports, settings) : idle.pop();
        event.accept(core);
        idle.push(core);
    }
}
