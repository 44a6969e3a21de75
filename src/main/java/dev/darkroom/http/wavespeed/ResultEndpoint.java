package dev.darkroom.http.wavespeed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ErrorCode;
import jakarta.inject.Singleton;

/**
 * {@code GET /api/v3/predictions/{id}/result}. It accepts any query, because polling clients send one to avoid caches.
 */
@Singleton
public class ResultEndpoint {

    private final ReadGeneration readGeneration;
    private final GenerationViews views;

    public ResultEndpoint(ReadGeneration readGeneration, GenerationViews views) {
        this.readGeneration = readGeneration;
        this.views = views;
    }

    ObjectNode answer(ApiGatewayRequest request, String idText) {
        var id = GenerationId.parse(idText);
        if (id.isEmpty()) {
            return WaveSpeedDialect.error(
                    ApiError.of(ErrorCode.INVALID_ID, "id", "must be 32 lower-case hexadecimal digits"));
        }
        return readGeneration
                .read(id.get(), request.owner())
                .map(reading ->
                        WaveSpeedDialect.ok(views.of(reading.generation(), reading.position(), views.address(request))))
                .orElseGet(() -> WaveSpeedDialect.error(
                        ApiError.noGeneration()));
    }
}
