package dev.darkroom.http.wavespeed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.http.ApiGatewayRequest;
import jakarta.inject.Singleton;

/** All endpoints of one prediction, for a function that may read and change rows. */
@Singleton
public class PredictionEndpoints {

    private final ResultEndpoint result;
    private final EventsEndpoint events;
    private final CancelEndpoint cancel;

    public PredictionEndpoints(ResultEndpoint result, EventsEndpoint events, CancelEndpoint cancel) {
        this.result = result;
        this.events = events;
        this.cancel = cancel;
    }

    ObjectNode answer(ApiGatewayRequest request, Owner owner, Endpoint.OfPrediction endpoint) {
        return switch (endpoint) {
            case Endpoint.Result(var id) -> result.answer(request, owner, id);
            case Endpoint.Events(var id) -> events.answer(owner, id);
            case Endpoint.Cancel(var id) -> cancel.answer(request, owner, id);
        };
    }
}
