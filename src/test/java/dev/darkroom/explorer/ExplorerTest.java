package dev.darkroom.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.simulation.SingleCarrier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The explorer finds a known race, and says how to reproduce it. */
class ExplorerTest {

    private final SingleCarrier carrier = new SingleCarrier();

    /** Processes that each read a number and write it back plus one. */
    private List<String> count(Choices choices, int deaths) {
        var interleaving = new Interleaving(carrier, choices, deaths);
        var number = new int[1];
        var events = new ArrayList<String>();
        for (var name : List.of("a", "b")) {
            var process = new SimulatedProcess(name);
            interleaving.start(process, () -> {
                int seen = number[0];
                events.add(name + " reads " + seen);
                interleaving.pause(process);
                number[0] = seen + 1;
                events.add(name + " writes " + number[0]);
            });
        }
        interleaving.run();
        return events;
    }

    @Test
    void everyOrderIsRunOnce() {
        var seen = new ArrayList<List<String>>();

        Explorer.explore(choices -> seen.add(count(choices, 0)), 1_000);

        assertThat(seen).doesNotHaveDuplicates().hasSize(6);
    }

    @Test
    void aProcessDiesAtEachOfItsPauses() {
        var seen = new HashSet<List<String>>();

        Explorer.explore(choices -> seen.add(count(choices, 1)), 1_000);

        assertThat(seen)
                .contains(
                        List.of("a reads 0", "b reads 0", "b writes 1"),
                        List.of("b reads 0", "a reads 0", "a writes 1"));
    }

    @Test
    void whatGoesWrongInOneOrderOnlyIsFound() {
        assertThatExceptionOfType(Violation.class)
                .isThrownBy(() -> Explorer.explore(this::bothAreCounted, 1_000))
                .withMessageContaining("b writes 1");
    }

    @Test
    void aPlanThatWasPrintedIsRunAgainAsItWas() {
        var plans = new HashMap<String, List<String>>();
        Explorer.explore(choices -> plans.put(choices.plan().toString(), count(choices, 1)), 1_000);

        assertThat(plans)
                .allSatisfy((plan, events) ->
                        assertThat(count(Choices.of(Plan.parse(plan)), 1)).isEqualTo(events));
    }

    @Test
    void allWithOneDeviationComeBeforeThoseWithTwo() {
        var deviations = new ArrayList<Integer>();

        Explorer.explore(
                choices -> {
                    for (int i = 0; i < 4; i++) {
                        choices.choose(3);
                    }
                    deviations.add(choices.plan().deviations());
                },
                1_000);

        assertThat(deviations).hasSize(81).isSorted();
    }

    @Test
    void aSampleOfTooManyIsSpreadOverAllOfThem() {
        var positions = new HashSet<Integer>();

        var explored = Explorer.explore(
                choices -> {
                    for (int i = 0; i < 200; i++) {
                        choices.choose(2);
                    }
                    if (choices.plan().deviations() == 2) {
                        positions.add(choices.plan().position(0));
                    }
                },
                1_000);

        assertThat(explored.complete()).isEqualTo(1);
        assertThat(positions).anyMatch(position -> position < 20).anyMatch(position -> position > 150);
    }

    @Test
    void aThreadThatWaitsForEverIsFound() {
        var interleaving = new Interleaving(carrier, Choices.of(Plan.DEFAULT), 0);
        interleaving.start(new SimulatedProcess("a"), LockSupport::park);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(interleaving::run)
                .withMessageContaining("for ever");
    }

    private void bothAreCounted(Choices choices) {
        assertThat(count(choices, 0).getLast()).isIn("a writes 2", "b writes 2");
    }
}
