package dev.darkroom.application;

import dev.darkroom.domain.Output;
import dev.darkroom.domain.PredictionId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A provider that answers as it is told: by default it accepts everything and has every image at once. */
public final class FakeImageProvider implements ImageProvider {

    private final Deque<SubmitOutcome> submitOutcomes = new ArrayDeque<>();
    private final Deque<PollOutcome> pollOutcomes = new ArrayDeque<>();
    private final Deque<SearchOutcome> findOutcomes = new ArrayDeque<>();
    private SearchOutcome far = new SearchOutcome.Found(List.of());
    private int searches;
    private final List<String> submissions = new ArrayList<>();
    private final List<Duration> timeouts = new ArrayList<>();
    private final List<Search> searched = new ArrayList<>();
    private final List<PredictionId> polls = new ArrayList<>();
    private Runnable beforeAnswering = () -> {};
    private Supplier<Optional<PollOutcome.Unavailable>> outage = Optional::empty;
    private Function<PredictionId, Optional<PollOutcome>> polled = _ -> Optional.empty();

    @Override
    public synchronized SubmitOutcome submit(Submission submission) {
        submissions.add(submission.upstreamPath() + " " + submission.input());
        timeouts.add(submission.timeout());
        beforeAnswering.run();
        return submitOutcomes.isEmpty()
                ? new SubmitOutcome.Created(new PredictionId("prediction-" + submissions.size()))
                : submitOutcomes.remove();
    }

    @Override
    public synchronized SearchOutcome search(Search search) {
        searched.add(search);
        searches += search.window() == SearchWindow.NARROW ? 1 : 0;
        var out = outage.get();
        if (out.isPresent()) {
            return new SearchOutcome.Unavailable(
                    out.get().retryAfter(), out.get().reason());
        }
        if (search.window() == SearchWindow.WIDE) {
            return far;
        }
        return findOutcomes.isEmpty() ? new SearchOutcome.Found(List.of()) : findOutcomes.remove();
    }

    @Override
    public synchronized PollOutcome poll(PredictionId predictionId) {
        polls.add(predictionId);
        beforeAnswering.run();
        var out = outage.get();
        if (out.isPresent()) {
            return out.get();
        }
        return polled.apply(predictionId)
                .orElseGet(() -> pollOutcomes.isEmpty() ? image(predictionId) : pollOutcomes.remove());
    }

    private static PollOutcome image(PredictionId predictionId) {
        return new PollOutcome.Succeeded(
                List.of(new Output("https://images.example/" + predictionId + ".png", false)), Duration.ofMillis(1234));
    }

    /** Polls are answered so, whenever there is such an answer. */
    public synchronized void answerPollsBy(Function<PredictionId, Optional<PollOutcome>> polled) {
        this.polled = polled;
    }

    /** Polls and searches are answered so, whenever there is such an answer. */
    public synchronized void answerFreeCallsBy(Supplier<Optional<PollOutcome.Unavailable>> outage) {
        this.outage = outage;
    }

    /** Adds an answer to the submissions to come. */
    public synchronized void willAnswerSubmit(SubmitOutcome outcome) {
        submitOutcomes.add(outcome);
    }

    /** Adds answers to the polls to come. */
    public synchronized void willAnswerPoll(PollOutcome... outcomes) {
        pollOutcomes.addAll(List.of(outcomes));
    }

    /** Searches that reach far are answered so. */
    public synchronized void willFindFarAway(SearchOutcome outcome) {
        far = outcome;
    }

    /** Adds answers to the searches to come; after them nothing is found. */
    public synchronized void willFind(SearchOutcome... outcomes) {
        findOutcomes.addAll(List.of(outcomes));
    }

    /** How often it was searched, near and then far if need be. */
    public synchronized int searches() {
        return searches;
    }

    public synchronized void beforeAnswering(Runnable action) {
        beforeAnswering = action;
    }

    /** What was submitted: path, space, input. */
    public synchronized List<String> submissions() {
        return List.copyOf(submissions);
    }

    /** How long each submission was given. */
    public synchronized List<Duration> timeouts() {
        return List.copyOf(timeouts);
    }

    /** What was searched for. */
    public synchronized List<Search> searched() {
        return List.copyOf(searched);
    }

    public synchronized List<PredictionId> polls() {
        return List.copyOf(polls);
    }

    public synchronized void reset() {
        submitOutcomes.clear();
        pollOutcomes.clear();
        findOutcomes.clear();
        searches = 0;
        submissions.clear();
        timeouts.clear();
        searched.clear();
        polls.clear();
        beforeAnswering = () -> {};
        outage = Optional::empty;
        polled = _ -> Optional.empty();
    }
}
