package dev.darkroom.http.wavespeed;

import com.amazonaws.services.lambda.runtime.Context;
import dev.darkroom.core.generation.Status;
import dev.darkroom.http.AnswerLimit;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.Wait;
import dev.darkroom.http.wavespeed.wire.GenerationView;
import java.util.Map;
import java.util.Optional;

/**
 * How the caller of a submission waits for its images.
 *
 * @param isPreferred whether the request has the header {@code Prefer}, which decides about the time
 * @param isSyncMode whether the request has the provider's sync mode, which decides about the form of the answer
 */
record SubmissionWait(Wait period, boolean isPreferred, boolean isSyncMode) {

    /** Empty when the caller does not wait. */
    static Optional<SubmissionWait> of(AnswerLimit limit, ApiGatewayRequest request, Context context, String body) {
        var preferred = limit.preferred(request, context);
        boolean isSyncMode = SyncMode.isIn(request, body);
        if (preferred.isEmpty() && !isSyncMode) {
            return Optional.empty();
        }
        var wait = preferred.orElseGet(() -> SyncMode.longestWait(limit, request, context));
        return Optional.of(new SubmissionWait(wait, preferred.isPresent(), isSyncMode));
    }

    /** The further headers of the answer. */
    Map<String, String> headers() {
        return isPreferred ? period.headers() : Map.of();
    }

    /** The view of a generation with this status as it is answered after the wait. */
    GenerationView shown(GenerationView view, Status status) {
        return isSyncMode && !status.isTerminal() ? view.afterWait(period.time()) : view;
    }
}
