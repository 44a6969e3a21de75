package dev.darkroom.core;

import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.BalanceOutcome;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SearchWindow;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.provider.WebhookVerifier;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A provider with planned answers; by default it accepts everything and has every image at once. */
public final class FakeImageProvider implements ImageProvider {

    private static final ProviderId ID = new ProviderId("wavespeed");
    private static final BalanceOutcome HUNDRED_DOLLARS = new BalanceOutcome.Known(100_000_000);

    private final Deque<SubmitOutcome> submitOutcomes = new ArrayDeque<>();
    private final Deque<PollOutcome> pollOutcomes = new ArrayDeque<>();
    private final Deque<SearchOutcome> findOutcomes = new ArrayDeque<>();
    private SearchOutcome far = new SearchOutcome.Found(List.of());
    private Duration historyKept = Duration.ofDays(7);
    private int searches;
    private BalanceOutcome balance = HUNDRED_DOLLARS;
    private int balanceReads;
    private final List<String> submissions = new ArrayList<>();
    private final List<Duration> timeouts = new ArrayList<>();
    private final List<Search> searched = new ArrayList<>();
    private final List<PredictionId> polls = new ArrayList<>();
    private final List<String> polledPaths = new ArrayList<>();
    private final List<Optional<URI>> callbacks = new ArrayList<>();
    private Optional<WebhookVerifier> webhooks = Optional.empty();
    private Runnable beforeAnswering = () -> {};
    private Supplier<Optional<PollOutcome.Unavailable>> outage = Optional::empty;
    private Function<PredictionId, Optional<PollOutcome>> polled = _ -> Optional.empty();

    @Override
    public ProviderId id() {
        return ID;
    }

    @Override
    public synchronized SubmitOutcome submit(Submission submission) {
        submissions.add(submission.upstreamPath() + " " + submission.input());
        timeouts.add(submission.timeout());
        callbacks.add(submission.callback());
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
    public synchronized PollOutcome poll(ProviderTask task) {
        var predictionId = task.prediction();
        polls.add(predictionId);
        polledPaths.add(task.upstreamPath());
        beforeAnswering.run();
        var out = outage.get();
        if (out.isPresent()) {
            return out.get();
        }
        return polled.apply(predictionId)
                .orElseGet(() -> pollOutcomes.isEmpty() ? image(predictionId) : pollOutcomes.remove());
    }

    @Override
    public synchronized BalanceOutcome balance() {
        balanceReads++;
        return balance;
    }

    /** The account holds this from now on; by default it holds a hundred dollars. */
    public synchronized void setBalance(BalanceOutcome outcome) {
        balance = outcome;
    }

    /** The number of questions about the balance. */
    public synchronized int balanceReads() {
        return balanceReads;
    }

    @Override
    public synchronized Optional<WebhookVerifier> webhooks() {
        return webhooks;
    }

    @Override
    public synchronized Duration historyKept() {
        return historyKept;
    }

    /** From now on the provider shows its predictions for this long. */
    public synchronized void keepsHistoryFor(Duration duration) {
        historyKept = duration;
    }

    /** From now on the provider sends webhooks, which this verifies. */
    public synchronized void sendsWebhooks(WebhookVerifier verifier) {
        webhooks = Optional.of(verifier);
    }

    private static PollOutcome image(PredictionId predictionId) {
        return new PollOutcome.Succeeded(
                List.of(new Output("https://images.example/" + predictionId + ".png", false)), Duration.ofMillis(1234));
    }

    /** Polls get this answer where the function has one. */
    public synchronized void answerPollsBy(Function<PredictionId, Optional<PollOutcome>> polled) {
        this.polled = polled;
    }

    /** Polls and searches get this answer where the supplier has one. */
    public synchronized void answerFreeCallsBy(Supplier<Optional<PollOutcome.Unavailable>> outage) {
        this.outage = outage;
    }

    /** Adds an answer for a submission to come. */
    public synchronized void willAnswerSubmit(SubmitOutcome outcome) {
        submitOutcomes.add(outcome);
    }

    /** Adds answers for the polls to come. */
    public synchronized void willAnswerPoll(PollOutcome... outcomes) {
        pollOutcomes.addAll(List.of(outcomes));
    }

    /** Wide searches get this answer. */
    public synchronized void willFindFarAway(SearchOutcome outcome) {
        far = outcome;
    }

    /** Adds answers for the searches to come; after the last one a search finds nothing. */
    public synchronized void willFind(SearchOutcome... outcomes) {
        findOutcomes.addAll(List.of(outcomes));
    }

    /** The number of searches; the wide search that may follow a narrow one is not counted. */
    public synchronized int searches() {
        return searches;
    }

    public synchronized void beforeAnswering(Runnable action) {
        beforeAnswering = action;
    }

    /** The submissions, each as path, space, input. */
    public synchronized List<String> submissions() {
        return List.copyOf(submissions);
    }

    /** The time-out of each submission. */
    public synchronized List<Duration> timeouts() {
        return List.copyOf(timeouts);
    }

    /** The searches that the provider received. */
    public synchronized List<Search> searched() {
        return List.copyOf(searched);
    }

    public synchronized List<PredictionId> polls() {
        return List.copyOf(polls);
    }

    /** The path of each poll. */
    public synchronized List<String> polledPaths() {
        return List.copyOf(polledPaths);
    }

    /** The address for the webhook of each submission. */
    public synchronized List<Optional<URI>> callbacks() {
        return List.copyOf(callbacks);
    }

    public synchronized void reset() {
        submitOutcomes.clear();
        pollOutcomes.clear();
        findOutcomes.clear();
        searches = 0;
        balance = HUNDRED_DOLLARS;
        balanceReads = 0;
        submissions.clear();
        timeouts.clear();
        searched.clear();
        polls.clear();
        polledPaths.clear();
        callbacks.clear();
        beforeAnswering = () -> {};
        outage = Optional::empty;
        polled = _ -> Optional.empty();
    }
}
