package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Creation;
import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.application.SubmitGeneration.Command;
import dev.darkroom.domain.Caller;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.IdempotencyKey;
import dev.darkroom.domain.NextStep;
import dev.darkroom.domain.Output;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.State;
import dev.darkroom.domain.SubmissionGate.Dequeue;
import dev.darkroom.models.JsonSchemaCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The core in a world of faults, which all come from one seed. */
final class RandomWorld {

    private static final Caller CALLER = Caller.of(new Owner("acme"));
    private static final int DEEPEST = 3;

    /** A process that was killed: nothing of it runs any more, not even its handling of exceptions. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private record Made(String input, Instant at) {}

    private final Random random;
    private final TestClock clock = new TestClock();
    private final InMemoryGenerationStore store = new InMemoryGenerationStore(1);
    private final Map<PredictionId, Made> predictions = new LinkedHashMap<>();
    private final List<Generation> seen = new ArrayList<>();
    private final AdvanceGeneration advance;
    private final SubmitGeneration submit;
    private final PaidCall paidCall;
    private final ModelCatalogue catalogue = new JsonSchemaCatalogue();
    private double trouble = 0.08;
    private int depth;
    private int names;

    RandomWorld(long seed) {
        random = new Random(seed);
        var troubledStore = new TroubledStore();
        var provider = new TroubledProvider();
        var events = new RecordedEvents();
        var tasks = new FakeWorkflowTasks();
        var context = new GenerationContext(troubledStore, events, _ -> {}, clock);
        var shared = new SharedGate(new TroubledGates(), events, _ -> {}, clock);
        var admission = new AdmissionControl(shared, context, Core.UNLIMITED);
        paidCall = new PaidCall(context, provider, admission, new Claims(Core.TIMEOUTS, this::unique));
        advance = new AdvanceGeneration(context, provider, tasks, Core.TIMEOUTS);
        submit = new SubmitGeneration(context, catalogue, paidCall, admission, () -> new GenerationId(unique()));
    }

    private String unique() {
        return "%032x".formatted(++names);
    }

    /** So many things happen. */
    void live(int things) {
        for (int i = 0; i < things; i++) {
            somethingHappens();
        }
    }

    private void somethingHappens() {
        try {
            switch (random.nextInt(5)) {
                case 0 -> request();
                case 1, 2, 3 -> trigger();
                default -> clock.advance(Duration.ofMillis(random.nextInt(-3_000, 20_000)));
            }
        } catch (Killed | StoreUnavailableException _) {
            // The process died, or its caller saw an error.
        }
    }

    /** Few keys and fewer prompts, so that callers repeat themselves and rows resemble each other. */
    private void request() {
        int number = random.nextInt(20);
        var body = "{\"prompt\": \"cat %d\"}".formatted(number % 5);
        submit.submit(new Command(
                CALLER, Core.MODEL, body, Optional.of(new IdempotencyKey("key-" + number)), Optional.empty()));
    }

    /** A row as it is, or as somebody saw it a while ago. */
    private void trigger() {
        var rows = List.copyOf(store.all());
        if (!rows.isEmpty()) {
            var row = rows.get(random.nextInt(rows.size()));
            seen.add(row);
            advance(random.nextInt(4) == 0 ? seen.get(random.nextInt(seen.size())) : row);
        }
    }

    private void advance(Generation row) {
        var demand = catalogue.demandOf(row.caller().owner(), row.request()).orElseThrow();
        if (row.state() instanceof State.Queued queued
                && !(NextStep.of(row, Core.TIMEOUTS, clock.instant()) instanceof NextStep.Fail)) {
            long waiting = store.all().stream()
                    .filter(other -> other.state() instanceof State.Queued)
                    .count();
            if (paidCall.admit(demand, queued, (int) waiting - 1) instanceof Dequeue.Admitted) {
                paidCall.submit(row, queued, demand);
            }
        } else {
            advance.advance(row);
        }
    }

    /** The faults end, and sweeps go on for two days. */
    void comeToRest() {
        trouble = 0;
        for (int minutes = 0; minutes < 2 * 24 * 60 && !unfinished().isEmpty(); minutes++) {
            unfinished().forEach(this::advance);
            clock.advance(Duration.ofMinutes(1));
        }
    }

    List<Generation> unfinished() {
        return store.all().stream()
                .filter(row -> row.dueAt() != null || row.state() instanceof State.Queued)
                .toList();
    }

    Map<PredictionId, List<Generation>> rowsOfAPrediction() {
        return predictions.keySet().stream().collect(Collectors.toMap(prediction -> prediction, this::rowsWith));
    }

    private List<Generation> rowsWith(PredictionId prediction) {
        return store.all().stream().filter(row -> row.isSubmittedAs(prediction)).toList();
    }

    Map<String, Long> predictionsOfAnInput() {
        return predictions.values().stream().collect(Collectors.groupingBy(Made::input, Collectors.counting()));
    }

    long rowsOf(String input) {
        return store.all().stream()
                .filter(row -> row.request().input().equals(input))
                .count();
    }

    List<PredictionId> lostPredictions() {
        return predictions.keySet().stream()
                .filter(prediction -> rowsWith(prediction).isEmpty())
                .toList();
    }

    /** Before and after each call: others act, the process dies, or nothing. */
    private void betweenCalls() {
        if (trouble > 0 && depth < DEEPEST && random.nextInt(6) == 0) {
            depth++;
            try {
                somethingHappens();
            } finally {
                depth--;
            }
        }
        if (random.nextDouble() < trouble / 2) {
            throw new Killed();
        }
    }

    private <T> T call(Supplier<T> call) {
        betweenCalls();
        if (random.nextDouble() < trouble) {
            throw new StoreUnavailableException("before", new IllegalStateException());
        }
        var result = call.get();
        if (random.nextDouble() < trouble) {
            throw new StoreUnavailableException("after", new IllegalStateException());
        }
        betweenCalls();
        return result;
    }

    private final class TroubledStore implements GenerationStore {
        @Override
        public Creation create(Generation generation) {
            return call(() -> store.create(generation));
        }

        @Override
        public Update update(Generation next) {
            return call(() -> store.update(next));
        }

        @Override
        public Optional<GenerationId> holder(PredictionId prediction) {
            return call(() -> store.holder(prediction));
        }

        @Override
        public boolean take(PredictionId prediction, GenerationId row, Optional<GenerationId> from) {
            return call(() -> store.take(prediction, row, from));
        }

        @Override
        public Optional<Generation> find(GenerationId id) {
            return call(() -> store.find(id));
        }

        @Override
        public Page due(Shard shard, Instant from, Instant until, Optional<Cursor> after, int limit) {
            return call(() -> store.due(shard, from, until, after, limit));
        }

        @Override
        public Page queued(Optional<Cursor> after, int limit) {
            return call(() -> store.queued(after, limit));
        }
    }

    private final class TroubledGates implements SubmissionGateStore {
        private final SubmissionGateStore gates = new InMemorySubmissionGateStore();

        @Override
        public Stored read() {
            return call(gates::read);
        }

        @Override
        public Write replace(Stored next) {
            return call(() -> gates.replace(next));
        }

        @Override
        public Write enqueue(Owner owner, long maxRound, Instant now) {
            return call(() -> gates.enqueue(owner, maxRound, now));
        }
    }

    private final class TroubledProvider implements ImageProvider {
        @Override
        public SubmitOutcome submit(Submission submission) {
            betweenCalls();
            var chance = random.nextDouble();
            if (chance < trouble) {
                return new SubmitOutcome.NotCreated(null, "429");
            }
            if (chance < 2 * trouble) {
                return new SubmitOutcome.Unknown("500");
            }
            var id = new PredictionId("p" + unique());
            predictions.put(id, new Made(submission.input(), clock.instant()));
            betweenCalls();
            return chance < 4 * trouble ? new SubmitOutcome.Unknown("504") : new SubmitOutcome.Created(id);
        }

        @Override
        public SearchOutcome search(Search search) {
            betweenCalls();
            if (random.nextDouble() < trouble) {
                return new SearchOutcome.Unavailable(null, "500");
            }
            var found = predictions.entrySet().stream()
                    .filter(entry -> entry.getValue().input().equals(search.input()))
                    .filter(_ -> search.window() == SearchWindow.WIDE || random.nextBoolean())
                    .map(Map.Entry::getKey)
                    .toList();
            betweenCalls();
            return new SearchOutcome.Found(found);
        }

        @Override
        public PollOutcome poll(PredictionId predictionId) {
            betweenCalls();
            return random.nextInt(3) == 0
                    ? new PollOutcome.Running()
                    : new PollOutcome.Succeeded(List.of(new Output("https://a/" + predictionId, false)), Duration.ZERO);
        }
    }
}
