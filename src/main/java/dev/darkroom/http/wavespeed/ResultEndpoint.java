package dev.darkroom.http.wavespeed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.core.submission.ReadGeneration.Reading;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.wavespeed.wire.GenerationView;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.inject.Singleton;

/**
 * {@code GET /api/v3/predictions/{id}/result}. It accepts any query, because polling clients send one to avoid caches.
 * With {@code include=source} the answer has the provider's addresses of the images too.
 */
@Singleton
public class ResultEndpoint {

    private final ReadGeneration readGeneration;
    private final GenerationViews views;

    public ResultEndpoint(ReadGeneration readGeneration, GenerationViews views) {
        this.readGeneration = readGeneration;
        this.views = views;
    }

    ObjectNode answer(ApiGatewayRequest request, Owner owner, String idText) {
        var id = GenerationId.parse(idText);
        if (id.isEmpty()) {
            return WaveSpeedDialect.invalidId();
        }
        return readGeneration
                .read(id.get(), owner)
                .map(reading -> WaveSpeedDialect.ok(view(request, reading)))
                .orElseGet(WaveSpeedDialect::notFound);
    }

    private GenerationView view(ApiGatewayRequest request, Reading reading) {
        var view = views.of(reading.generation(), reading.position(), views.address(request), reading.notices());
        return request.queryValues("include").contains("source") ? views.withSources(view, reading.generation()) : view;
    }
}
