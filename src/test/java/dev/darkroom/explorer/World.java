package dev.darkroom.explorer;

import dev.darkroom.application.InMemoryGenerationStore;
import dev.darkroom.application.InMemoryShardLeases;
import dev.darkroom.application.InMemorySubmissionGateStore;
import dev.darkroom.application.StoreUnavailableException;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.simulation.FewModels;
import dev.darkroom.simulation.SimulatedClock;
import dev.darkroom.simulation.SingleCarrier;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/** What the processes of one execution share, and how they take turns. */
final class World {

    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(5);

    /** More than the longest wait there is takes. */
    private static final int MOST_SWEEPS = 2_000;

    final Rules rules;
    final SimulatedClock clock = new SimulatedClock();
    final InMemoryGenerationStore rows = new InMemoryGenerationStore(1);
    final InMemorySubmissionGateStore gate = new InMemorySubmissionGateStore();
    final InMemoryShardLeases leases = new InMemoryShardLeases();
    final FewModels catalogue = new FewModels();
    final Ledger ledger;

    private final Choices choices;
    private final Interleaving interleaving;
    private final Queue<PaidAnswer> planned = new ArrayDeque<>();
    private final List<GenerationId> answered = new ArrayList<>();
    private int faults;
    private boolean isCalm;
    private int names;

    World(Rules rules, SingleCarrier carrier, Choices choices) {
        this.rules = rules;
        this.ledger = new Ledger(clock, rules.historyDelay());
        this.choices = choices;
        this.interleaving = new Interleaving(carrier, choices, rules.deaths());
        this.faults = rules.faults();
    }

    String uniqueName() {
        return "%032x".formatted(++names);
    }

    /** The first paid calls are answered so. */
    void willAnswer(PaidAnswer... answers) {
        planned.addAll(List.of(answers));
    }

    Optional<PaidAnswer> planned() {
        return Optional.ofNullable(planned.poll());
    }

    /** Something that a process of its own does. */
    void process(String name, Consumer<ExploredCore> task) {
        var process = new SimulatedProcess(name);
        interleaving.start(process, () -> {
            try {
                task.accept(new ExploredCore(this, process));
            } catch (StoreUnavailableException _) {
                // Whoever called it sees an error.
            }
        });
    }

    /** All processes, in the order that is chosen, until they have ended. */
    void run() {
        interleaving.run();
    }

    /** 0 when the next call goes well, which it does when enough have failed. */
    int fault(int outcomes) {
        if (isCalm || faults == 0) {
            return 0;
        }
        int outcome = choices.choose(outcomes);
        faults -= outcome > 0 ? 1 : 0;
        return outcome;
    }

    void note(SimulatedProcess process, Object what) {
        choices.note(process, what);
    }

    void pause(SimulatedProcess process) {
        if (!isCalm) {
            interleaving.pause(process);
        }
    }

    /** A caller was told this id. */
    void answered(GenerationId id) {
        answered.add(id);
    }

    List<GenerationId> answered() {
        return List.copyOf(answered);
    }

    /** Whether the row waits to be submitted again, because nobody knows of its prediction. */
    boolean isMissing(Ledger.Made made) {
        return rows.find(made.row())
                        .filter(row ->
                                row.dueAt() == null && !row.state().status().isTerminal())
                        .isPresent()
                && rows.holder(made.prediction()).isEmpty();
    }

    /** Nothing fails any more, and sweeps go on as long as there is something to do. */
    void comeToRest() {
        isCalm = true;
        var core = new ExploredCore(this, new SimulatedProcess("rest"));
        for (int sweeps = 0; sweeps < MOST_SWEEPS && !unfinished().isEmpty(); sweeps++) {
            clock.advance(BETWEEN_SWEEPS);
            unfinished().stream()
                    .flatMap(row -> Optional.ofNullable(row.dueAt()).stream())
                    .min(Comparator.naturalOrder())
                    .ifPresent(clock::advanceTo);
            core.sweepEverything();
        }
    }

    List<Generation> unfinished() {
        return rows.all().stream()
                .filter(row -> !row.state().status().isTerminal())
                .toList();
    }
}
