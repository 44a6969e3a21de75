package dev.darkroom.http.wavespeed.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.BudgetView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error answer: the provider's envelope without data, plus fields that programs can act on.
 *
 * @param id of the generation that may have been stored although the answer is an error; left out when nothing was
 *     stored
 * @param budget the limit that the request does not fit into; left out of any other error
 */
@RegisterForReflection
record ErrorEnvelope(
        int code,
        String message,
        @JsonInclude @Nullable Object data,
        @JsonProperty("error_code") String errorCode,
        List<FieldError> errors,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String id,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BudgetView budget) {

    @RegisterForReflection
    record FieldError(String field, String message) {}

    static ErrorEnvelope of(ApiError error) {
        var errors = error.violations().stream()
                .map(violation -> new FieldError(violation.field(), violation.message()))
                .toList();
        var code = error.code();
        var id = error.id().map(GenerationId::value).orElse(null);
        return new ErrorEnvelope(
                code.httpStatus(),
                error.message(),
                null,
                code.code(),
                errors,
                id,
                error.budget().orElse(null));
    }
}
