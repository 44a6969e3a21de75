package dev.darkroom.core.submission;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request that is not stored yet.
 *
 * @param key the API key that it was sent with; empty for a request of a workflow
 * @param price what each of its calls costs; empty where no price is established
 * @param followUps what the row owes once the generation has ended
 * @param answerBy when its caller has to be answered; empty when none waits
 * @param arrival when the request arrived at the endpoint; empty when it did not come from one
 */
record SubmissionDraft(
        GenerationId id,
        GenerationRequest request,
        Demand demand,
        Optional<ApiKeyId> key,
        Optional<Money> price,
        List<FollowUp.Action> followUps,
        Optional<Instant> answerBy,
        Optional<Instant> arrival) {

    /** The same draft, whose row owes these as well. */
    SubmissionDraft owing(List<FollowUp.Action> further) {
        var all = Stream.concat(followUps.stream(), further.stream()).toList();
        return new SubmissionDraft(id, request, demand, key, price, all, answerBy, arrival);
    }

    /** What all its calls cost together; empty where no price is established. */
    Optional<Money> priceOfAll() {
        return price.map(each -> each.times(request.copies()));
    }

    /** The draft's row with what was asked for besides the images, and with what it costs. */
    Generation complete(Generation row, List<SpendLimit> limits) {
        var owing = row.owing(followUps).costing(cost(row, limits));
        return arrival.map(owing::received).orElse(owing);
    }

    private @Nullable Cost cost(Generation row, List<SpendLimit> limits) {
        var windows =
                limits.stream().map(limit -> limit.windowAt(row.createdAt())).toList();
        return price.map(each -> Cost.held(each, demand.images(), windows, request.copies()))
                .orElse(null);
    }
}
