package dev.darkroom.liveness;

import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.application.SweepKick;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.Shard;
import dev.darkroom.simulation.FewModels;
import dev.darkroom.simulation.Settings;
import dev.darkroom.simulation.SimulatedCore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The functions, each with as many processes as it has events at once, and the schedule. */
final class SimulatedPlatform {

    /** As configured: a little less than four minutes. */
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
        this.ports = new SimulatedPorts(simulation, bad, this::isOut, new Kick());
    }

    /** A caller asks for an image then. */
    void submitAt(Instant time, String model, String prompt) {
        simulation.startAt(
                time,
                () -> invoke(
                        idleSubmits,
                        core -> core.submit(model, prompt, Optional.empty(), Optional.of(time.plus(ANSWER)))));
    }

    /** From now on sweeps are started by the schedule only. */
    void loseTriggers() {
        triggersAreLost = true;
    }

    /** The provider is out in that time. */
    void providerIsOut(Instant from, Instant until) {
        outFrom = from;
        outUntil = until;
    }

    private boolean isOut(Instant time) {
        return !time.isBefore(outFrom) && time.isBefore(outUntil);
    }

    /** A deployment takes the bad model from the catalogue then. */
    void removeBadModelAt(Instant time) {
        simulation.startAt(time, () -> ports.catalogue.remove(FewModels.BAD));
    }

    /** Lets all this happen, and the schedule's sweeps, until then; returns all rows. */
    Collection<Generation> runUntil(Instant end) {
        simulation.start(this::schedule);
        simulation.runUntil(end);
        return ports.rows.all();
    }

    private void schedule() {
        poll(List.of(SimulatedCore.ONLY_SHARD, Shard.QUEUE), List.of());
        simulation.startAt(simulation.clock().instant().plus(SCHEDULE), this::schedule);
    }

    /** As the functions do it: by an event without an answer. */
    private final class Kick implements SweepKick {

        @Override
        public void kick(Generation row) {
            var dueAt = row.dueAt();
            if (dueAt == null) {
                kickSweep(Shard.QUEUE);
            } else {
                trigger(SimulatedCore.ONLY_SHARD, List.of(new DueRow(row.id(), dueAt)));
            }
        }

        @Override
        public void kickSweep(Shard shard) {
            trigger(shard, List.of());
        }

        private void trigger(Shard shard, List<DueRow> due) {
            if (!triggersAreLost) {
                poll(List.of(shard), due);
            }
        }
    }

    private void poll(List<Shard> shards, List<DueRow> due) {
        simulation.start(() -> invoke(idlePolls, core -> core.sweep(shards, due, WINDOW)));
    }

    private void invoke(Deque<SimulatedCore> idle, Consumer<SimulatedCore> event) {
        simulation.sleep(INVOCATION);
        var core = idle.isEmpty() ? new SimulatedCore(ports, settings) : idle.pop();
        event.accept(core);
        idle.push(core);
    }
}
