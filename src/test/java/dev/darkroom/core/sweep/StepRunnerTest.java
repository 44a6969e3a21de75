package dev.darkroom.core.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.DirectExecutor;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.sweep.StepRunner.Completion;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepRunnerTest {

    private static final GenerationId ID = new GenerationId("f".repeat(32));
    private static final SweepLimits LIMITS = new SweepLimits(Duration.ofSeconds(15), Duration.ofSeconds(1), 1, 1, 1);

    private final CoreFixture core = new CoreFixture();
    private final StepRunner<String> runner = new StepRunner<>(
            new SweepContext(core.context, core.leases, LIMITS, core.new MovingWaiter(), new DirectExecutor()));

    @Test
    void aStepThatNeedsTooMuchMemoryCompletesAndIsReported() {
        runner.start(ID, () -> {
            throw new OutOfMemoryError();
        });

        assertThat(runner.completed()).containsExactly(new Completion<>(ID, Optional.empty()));
        assertThat(core.events.failedSteps()).containsExactly(ID);
    }
}
