package dev.darkroom.http.wavespeed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.image.ByHashEndpoint;
import dev.darkroom.http.wavespeed.listing.ListEndpoint;
import jakarta.inject.Singleton;

/** All endpoints that only read what the caller owns. */
@Singleton
public class ReadEndpoints {

    private final ResultEndpoint result;
    private final EventsEndpoint events;
    private final ListEndpoint list;
    private final ByHashEndpoint byHash;

    public ReadEndpoints(ResultEndpoint result, EventsEndpoint events, ListEndpoint list, ByHashEndpoint byHash) {
        this.result = result;
        this.events = events;
        this.list = list;
        this.byHash = byHash;
    }

    ObjectNode answer(ApiGatewayRequest request, Owner owner, Endpoint.Read endpoint) {
        return switch (endpoint) {
            case Endpoint.Result(var id) -> result.answer(request, owner, id);
            case Endpoint.Events(var id) -> events.answer(owner, id);
            case Endpoint.Listing() -> list.answer(request, owner);
            case Endpoint.ByHash(var hash) -> byHash.answer(owner, hash);
        };
    }
}
