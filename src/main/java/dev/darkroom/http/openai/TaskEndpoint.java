package dev.darkroom.http.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.CostView;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.openai.wire.OpenAiDialect;
import jakarta.inject.Singleton;

/** {@code GET /v1/images/tasks/{id}}, for any generation of the caller. It accepts any query. */
@Singleton
public class TaskEndpoint {

    private final ReadGeneration readGeneration;
    private final TaskViews views;

    public TaskEndpoint(ReadGeneration readGeneration, TaskViews views) {
        this.readGeneration = readGeneration;
        this.views = views;
    }

    ObjectNode answer(ApiGatewayRequest request, Owner owner, String idText) {
        var id = GenerationId.parse(idText);
        if (id.isEmpty()) {
            return OpenAiDialect.error(
                    ApiError.of(ErrorCode.INVALID_ID, "id", "must be 32 lower-case hexadecimal digits"));
        }
        return readGeneration
                .read(id.get(), owner)
                .map(reading -> OpenAiDialect.ok(
                        views.of(reading.generation(), reading.notices(), views.address(request)),
                        CostView.header(CostView.of(reading.generation()))))
                .orElseGet(() -> OpenAiDialect.error(ApiError.noGeneration()));
    }
}
