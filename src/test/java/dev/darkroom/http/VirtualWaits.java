package dev.darkroom.http;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.core.waiting.AwaitGeneration;
import dev.darkroom.core.waiting.StatusReader;
import java.time.Duration;

/** Waits on a core that move its clock in place of taking time. */
public final class VirtualWaits {

    private final CoreFixture core;
    private Runnable duringPause = () -> {};
    private int reads;

    VirtualWaits(CoreFixture core) {
        this.core = core;
    }

    AwaitGeneration await(ReadGeneration read) {
        return new AwaitGeneration(core.context, this::status, read, this::pause);
    }

    /** The action runs in each pause, after the clock has moved. */
    public void duringPause(Runnable action) {
        duringPause = action;
    }

    /** How often a row's status was read. */
    public int reads() {
        return reads;
    }

    private StatusReader.Reading status(GenerationId id) {
        reads++;
        return new StatusReader.Reading(
                core.store.find(id).map(row -> row.state().status()), 1);
    }

    private void pause(Duration time) {
        core.clock.advance(time);
        duringPause.run();
    }
}
