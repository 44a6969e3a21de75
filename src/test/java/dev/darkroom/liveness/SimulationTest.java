package dev.darkroom.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.simulation.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Time passes only while all threads wait. */
class SimulationTest {

    private static final Instant START = SimulatedClock.START;

    private final Simulation simulation = new Simulation();
    private final List<String> events = new ArrayList<>();

    private void note(String event) {
        events.add(event + " "
                + Duration.between(START, simulation.clock().instant()).toSeconds());
    }

    @Test
    void sleepersWakeInTheOrderOfTime() {
        for (int seconds : List.of(3, 1, 2)) {
            simulation.start(() -> {
                simulation.sleep(Duration.ofSeconds(seconds));
                note("woken");
            });
        }

        simulation.runUntil(START.plusSeconds(10));

        assertThat(events).containsExactly("woken 1", "woken 2", "woken 3");
        assertThat(simulation.clock().instant()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void aWaiterGetsAnElementAtOnceOrNotAtAll() {
        var queue = new LinkedBlockingQueue<String>();
        simulation.start(() -> {
            note(simulation.await(queue, START.plusSeconds(5)).orElse("none"));
            note(simulation.await(queue, START.plusSeconds(5)).orElse("none"));
        });
        simulation.startAt(START.plusSeconds(2), () -> queue.add("element"));

        simulation.runUntil(START.plusSeconds(10));

        assertThat(events).containsExactly("element 2", "none 5");
    }

    @Test
    void theLocksAndExecutorsOfTheJdkWaitInSimulatedTime() {
        var lock = new ReentrantLock();
        simulation.start(() -> {
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 2; i++) {
                    executor.execute(() -> {
                        lock.lock();
                        try {
                            simulation.sleep(Duration.ofSeconds(1));
                            note("locked");
                        } finally {
                            lock.unlock();
                        }
                    });
                }
            }
            note("closed");
        });

        simulation.runUntil(START.plusSeconds(10));

        assertThat(events).containsExactly("locked 1", "locked 2", "closed 2");
    }

    @Test
    void anExceptionInAThreadFailsTheRun() {
        simulation.startAt(START.plusSeconds(1), () -> {
            throw new IllegalStateException("as expected");
        });

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> simulation.runUntil(START.plusSeconds(2)))
                .withMessageContaining("as expected");
    }
}
