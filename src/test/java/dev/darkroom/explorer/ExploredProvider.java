package dev.darkroom.explorer;

import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.simulation.FewModels;
import java.time.Duration;
import java.util.List;

/**
 * The provider, as one process calls it. Its history lists the newest prediction first or last, and every image is
 * ready.
 */
record ExploredProvider(World world, SimulatedProcess process, FaultyCalls calls) implements ImageProvider {

    private static final List<PaidAnswer> ANSWERS = List.of(PaidAnswer.values());

    @Override
    public ProviderId id() {
        return FewModels.PROVIDER;
    }

    @Override
    public Duration historyKept() {
        return Duration.ofDays(7);
    }

    @Override
    public SubmitOutcome submit(Submission submission) {
        process.checkAlive();
        var answer = world.planned().orElseGet(() -> ANSWERS.get(calls.outcome(ANSWERS.size())));
        world.note(process, "paid call, " + answer);
        var prediction = world.ledger.post(process, submission, answer);
        calls.pause();
        return switch (answer) {
            case CREATED -> new SubmitOutcome.Created(prediction.orElseThrow());
            case REFUSED -> new SubmitOutcome.NotCreated(null, "429");
            case REJECTED -> new SubmitOutcome.Rejected(new Failure("provider_rejected", "400"));
            case FAILED -> new SubmitOutcome.Unknown("500");
            case UNANSWERED -> new SubmitOutcome.Unknown("504");
        };
    }

    @Override
    public SearchOutcome search(Search search) {
        int outcome = calls.outcome(4);
        var found = world.ledger.withInput(search.input());
        world.note(process, outcome < 2 ? "search, " + found : "search fails");
        calls.pause();
        return switch (outcome) {
            case 0 -> new SearchOutcome.Found(found.reversed());
            case 1 -> new SearchOutcome.Found(found);
            case 2 -> new SearchOutcome.Unavailable(null, "503");
            default -> new SearchOutcome.Unclear("500");
        };
    }

    @Override
    public PollOutcome poll(ProviderTask task) {
        int outcome = calls.outcome(4);
        world.note(process, outcome == 0 ? "poll" : "poll without a result");
        calls.pause();
        return switch (outcome) {
            case 0 -> image(task.prediction());
            case 1 -> new PollOutcome.Unavailable(null, "503");
            case 2 -> new PollOutcome.Unclear("500");
            default -> new PollOutcome.Running();
        };
    }

    static PollOutcome image(PredictionId prediction) {
        return new PollOutcome.Succeeded(
                List.of(new Output("https://images.example/" + prediction, false)), Duration.ZERO);
    }
}
