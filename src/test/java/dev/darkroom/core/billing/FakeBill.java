package dev.darkroom.core.billing;

import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.BillEntry;
import dev.darkroom.core.provider.BillOutcome;
import dev.darkroom.core.provider.BillQuestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A bill with two entries on a page. */
final class FakeBill implements ProviderBill {

    static final ProviderId PROVIDER = new ProviderId("acme");

    private static final int PAGE = 2;

    final List<BillQuestion> questions = new ArrayList<>();
    private final List<BillEntry> entries = new ArrayList<>();
    private int unreadable;
    private boolean knowsPredictions = true;
    private boolean hasGap;
    private Optional<BillOutcome> failure = Optional.empty();

    void charge(String prediction, long microDollars, Instant at) {
        add(prediction, BillEntry.Kind.CHARGE, microDollars, at);
    }

    void refund(String prediction, long microDollars, Instant at) {
        add(prediction, BillEntry.Kind.REFUND, microDollars, at);
    }

    private void add(String prediction, BillEntry.Kind kind, long microDollars, Instant at) {
        entries.add(new BillEntry("e" + entries.size(), new PredictionId(prediction), kind, microDollars, at));
    }

    /** Each page has one entry that cannot be read. */
    void spoil() {
        unreadable = 1;
    }

    /** The bill answers questions about predictions with nothing. */
    void ignoreQuestionsAboutPredictions() {
        knowsPredictions = false;
    }

    /** A page without entries, between the first and the second one. */
    void insertAnEmptyPage() {
        hasGap = true;
    }

    void fail(BillOutcome outcome) {
        failure = Optional.of(outcome);
    }

    @Override
    public ProviderId provider() {
        return PROVIDER;
    }

    @Override
    public BillOutcome page(BillQuestion question, int page) {
        questions.add(question);
        if (failure.isPresent()) {
            return failure.get();
        }
        var matching =
                entries.stream().filter(entry -> matches(entry, question)).toList();
        if (hasGap && page == 2) {
            return new BillOutcome.Page(List.of(), unreadable, false);
        }
        int number = hasGap && page > 2 ? page - 1 : page;
        var found = matching.stream().skip((number - 1L) * PAGE).limit(PAGE).toList();
        return new BillOutcome.Page(found, unreadable, (long) number * PAGE >= matching.size());
    }

    private boolean matches(BillEntry entry, BillQuestion question) {
        return switch (question) {
            case BillQuestion.Written(var from, var until) ->
                !entry.at().isBefore(from) && !entry.at().isAfter(until);
            case BillQuestion.About(var predictions) -> knowsPredictions && predictions.contains(entry.prediction());
        };
    }
}
