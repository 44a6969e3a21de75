package dev.darkroom.explorer;

import dev.darkroom.core.InMemoryCallStore;
import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.InMemoryShardLeases;
import dev.darkroom.core.InMemorySubmissionGateStore;
import dev.darkroom.core.InMemoryWebhookStore;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.simulation.FewModels;
import dev.darkroom.simulation.SimulatedClock;
import dev.darkroom.simulation.SingleCarrier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/** What the processes of one execution share, and which of them runs. */
final class World {

    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(5);

    /** More requests than any client sends until it is answered. */
    private static final int MAX_REQUESTS = 10;

    /** More sweeps than the longest wait takes. */
    private static final int MAX_SWEEPS = 2_000;

    /** A day and a month end while most requests are in flight, and between some of them. */
    private static final Instant BEFORE_THE_MONTH_ENDS = Instant.parse("2026-01-31T23:59:59.500Z");

    final Rules rules;
    final SimulatedClock clock = new SimulatedClock(BEFORE_THE_MONTH_ENDS);
    final InMemoryGenerationStore rows = new InMemoryGenerationStore(1);
    final InMemoryCallStore calls = new InMemoryCallStore();
    final InMemorySubmissionGateStore gate = new InMemorySubmissionGateStore();
    final InMemoryShardLeases leases = new InMemoryShardLeases();
    final InMemoryWebhookStore webhooks = new InMemoryWebhookStore();
    final FewModels catalogue = new FewModels();
    final Ledger ledger;
    final FollowUpLedger followUps;
    final Cancellations cancellations = new Cancellations();

    private final Choices choices;
    private final Interleaving interleaving;
    private final Queue<PaidAnswer> planned = new ArrayDeque<>();
    private final List<GenerationId> answered = new ArrayList<>();
    private final List<ExploredClient> clients = new ArrayList<>();
    private int faults;
    private boolean isCalm;
    private int names;

    World(Rules rules, SingleCarrier carrier, Choices choices) {
        this.rules = rules;
        this.ledger = new Ledger(clock, rules.historyDelay());
        this.followUps = new FollowUpLedger(ledger);
        this.choices = choices;
        this.interleaving = new Interleaving(carrier, choices, rules.deaths());
        this.faults = rules.faults();
    }

    String uniqueName() {
        return "%032x".formatted(++names);
    }

    /** The first paid calls get these answers. */
    void willAnswer(PaidAnswer... answers) {
        planned.addAll(List.of(answers));
    }

    Optional<PaidAnswer> planned() {
        return Optional.ofNullable(planned.poll());
    }

    /** Adds a process that runs this task. */
    void process(String name, Consumer<ExploredCore> task) {
        var process = new SimulatedProcess(name);
        interleaving.start(process, () -> {
            try {
                task.accept(new ExploredCore(this, process));
            } catch (StoreUnavailableException _) {
                // The process's caller sees an error.
            }
        });
    }

    /** Adds a client, whose requests run in processes of their own. */
    void client(String name, boolean marksRetries, ExploredClient.Sending sending) {
        var client = new ExploredClient(this, name, marksRetries, sending);
        clients.add(client);
        interleaving.start(new SimulatedProcess(name), client::run);
    }

    List<ExploredClient> clients() {
        return List.copyOf(clients);
    }

    /** Runs all processes in the chosen order until they have ended. */
    void run() {
        interleaving.run();
    }

    /** 0 when the next call succeeds, which every call does once enough have failed. */
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

    /** A caller got this id. */
    void answered(GenerationId id) {
        answered.add(id);
    }

    List<GenerationId> answered() {
        return List.copyOf(answered);
    }

    /** Whether the row is queued to be resubmitted, because no row has adopted its prediction. */
    boolean isMissing(Ledger.Made made) {
        return rows.find(made.row())
                        .filter(row ->
                                row.dueAt() == null && !row.state().status().isTerminal())
                        .isPresent()
                && rows.claimedBy(FewModels.PROVIDER, made.prediction()).isEmpty();
    }

    /**
     * Ends the faults, and sweeps until every row has ended and owes nothing, and until every client has been answered.
     */
    void comeToRest() {
        isCalm = true;
        sweepToRest();
        for (int requests = 0; requests < MAX_REQUESTS && !waiting().isEmpty(); requests++) {
            waiting().forEach(ExploredClient::request);
            sweepToRest();
        }
    }

    private List<ExploredClient> waiting() {
        return clients.stream().filter(client -> !client.isAnswered()).toList();
    }

    private void sweepToRest() {
        var core = new ExploredCore(this, new SimulatedProcess("rest"));
        for (int sweeps = 0; sweeps < MAX_SWEEPS && !unfinished().isEmpty(); sweeps++) {
            clock.advance(BETWEEN_SWEEPS);
            unfinished().stream()
                    .flatMap(row -> Optional.ofNullable(row.dueAt()).stream())
                    .min(Comparator.naturalOrder())
                    .ifPresent(clock::advanceTo);
            core.sweepEverything();
        }
    }

    /** The rows that have not ended, or owe follow-ups. */
    List<Generation> unfinished() {
        return rows.all().stream()
                .filter(row -> !row.state().status().isTerminal() || row.owesFollowUps())
                .toList();
    }
}
