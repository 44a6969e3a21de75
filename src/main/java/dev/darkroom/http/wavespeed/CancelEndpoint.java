package dev.darkroom.http.wavespeed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.submission.CancelGeneration;
import dev.darkroom.core.submission.CancelGeneration.Result;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.PublicUrl;
import dev.darkroom.http.QueryParameters;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * {@code POST /api/v3/predictions/{id}/cancel}. It ignores the body, because there is nothing to say in it, and refuses
 * a query, because its caller may expect an effect.
 */
@Singleton
public class CancelEndpoint {

    private final CancelGeneration cancelGeneration;
    private final GenerationViews views;

    public CancelEndpoint(CancelGeneration cancelGeneration, GenerationViews views) {
        this.cancelGeneration = cancelGeneration;
        this.views = views;
    }

    ObjectNode answer(ApiGatewayRequest request, Owner owner, String idText) {
        var query = QueryParameters.violationsWithoutBody(request);
        if (!query.isEmpty()) {
            return WaveSpeedDialect.error(ApiError.of(ErrorCode.INVALID_INPUT, query));
        }
        // The address is made first, because nothing may fail once the row is cancelled.
        var address = views.address(request);
        return GenerationId.parse(idText)
                .map(id -> answer(cancelGeneration.cancel(id, owner), address))
                .orElseGet(WaveSpeedDialect::invalidId);
    }

    private ObjectNode answer(Result result, PublicUrl address) {
        return switch (result) {
            case Result.Ended(var row) -> WaveSpeedDialect.ok(views.of(row, Optional.empty(), address, Notices.NONE));
            case Result.AlreadySubmitted(var row) ->
                WaveSpeedDialect.error(
                        ApiError.of(ErrorCode.ALREADY_SUBMITTED, "The generation %s.".formatted(reason(row))));
            case Result.NotFound() -> WaveSpeedDialect.notFound();
        };
    }

    /** Why the row cannot be cancelled, and what is known about its price. */
    private static String reason(Generation row) {
        return switch (row.state()) {
            case State.Submitting _ ->
                "is being submitted, and will be paid for unless the provider refuses it: read its result";
            case State.Queued _, State.Unconfirmed _ ->
                "was submitted and may have been paid for: the outcome is not known yet, so read its result";
            case State.Failed _ -> "has failed in part, and its other images are being made: read its result";
            case State.Processing _, State.Completed _, State.Cancelled _ ->
                "was accepted by the provider and will be paid for: read its result";
        };
    }
}
