package dev.darkroom.liveness;

import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.simulation.FewModels;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A provider whose calls take time, and which gives bad prompts their own answers. */
final class SlowProvider implements ImageProvider {

    /** The beginning of each bad prompt. */
    static final String BAD_PROMPT = "bad ";

    /** The beginning of the path of each image of a bad prompt. */
    static final String BAD_IMAGE = "/bad/";

    private static final Duration SUBMISSION = Duration.ofMillis(300);
    private static final Duration QUESTION = Duration.ofMillis(100);
    private static final Duration MIN_DRAWING = Duration.ofSeconds(3);
    private static final int SPREAD_MILLIS = 2_000;

    private final Simulation simulation;
    private final Answers toBadPrompts;
    private final Predicate<Instant> out;
    private final Map<PredictionId, Made> predictions = new LinkedHashMap<>();

    /** {@code out} says whether the provider has an outage at a time. */
    SlowProvider(Simulation simulation, Answers toBadPrompts, Predicate<Instant> out) {
        this.simulation = simulation;
        this.toBadPrompts = toBadPrompts;
        this.out = out;
    }

    private record Made(String path, String input, Instant readyAt) {}

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
        var answers = to(submission.input());
        var created = answers.isCreated() ? Optional.of(create(submission)) : Optional.<PredictionId>empty();
        return answer(answers.paid(), SUBMISSION, () -> new SubmitOutcome.Created(created.orElseThrow()));
    }

    private PredictionId create(Submission submission) {
        var id = new PredictionId("p" + (predictions.size() + 1));
        // The time depends only on the input, so that runs can be compared.
        var drawing = MIN_DRAWING.plusMillis(Math.floorMod(submission.input().hashCode(), SPREAD_MILLIS));
        predictions.put(
                id,
                new Made(
                        submission.upstreamPath(),
                        submission.input(),
                        simulation.clock().instant().plus(drawing)));
        return id;
    }

    @Override
    public SearchOutcome search(Search search) {
        return answer(
                to(search.input()).search(),
                QUESTION,
                () -> new SearchOutcome.Found(predictions.entrySet().stream()
                        .filter(made -> made.getValue().path().equals(search.upstreamPath())
                                && made.getValue().input().equals(search.input()))
                        .map(Map.Entry::getKey)
                        .toList()));
    }

    @Override
    public PollOutcome poll(ProviderTask task) {
        var prediction = task.prediction();
        var made = Objects.requireNonNull(predictions.get(prediction));
        return answer(
                to(made.input()).poll(),
                QUESTION,
                () -> simulation.clock().instant().isBefore(made.readyAt())
                        ? new PollOutcome.Running()
                        : new PollOutcome.Succeeded(
                                List.of(new Output(address(prediction, made.input()), false)), Duration.ZERO));
    }

    private static String address(PredictionId prediction, String input) {
        return "https://images.example" + (input.startsWith(BAD_PROMPT) ? BAD_IMAGE : "/") + prediction;
    }

    private Answers to(String input) {
        if (out.test(simulation.clock().instant())) {
            return Answers.OUT;
        }
        return input.startsWith(BAD_PROMPT) ? toBadPrompts : Answers.GOOD;
    }

    private <T> T answer(Optional<Answers.Answer<T>> bad, Duration time, Supplier<T> good) {
        simulation.sleep(bad.map(Answers.Answer::time).orElse(time));
        return bad.map(Answers.Answer::outcome).orElseGet(good);
    }
}
