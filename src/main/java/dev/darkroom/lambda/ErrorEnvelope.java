package dev.darkroom.lambda;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Violation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error answer: the provider's envelope without data, plus what programs can act on.
 *
 * @param id of the generation that may have been stored although the answer is an error; left out where nothing was
 */
@RegisterForReflection
record ErrorEnvelope(
        int code,
        String message,
        @JsonInclude @Nullable Object data,
        @JsonProperty("error_code") String errorCode,
        List<FieldError> errors,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String id) {

    @RegisterForReflection
    record FieldError(String field, String message) {}

    static ErrorEnvelope of(Problem problem, List<Violation> violations, Optional<GenerationId> id) {
        var message = violations.stream()
                .map(violation -> violation.field() + " " + violation.message())
                .collect(Collectors.joining("; "));
        var errors = violations.stream()
                .map(violation -> new FieldError(violation.field(), violation.message()))
                .toList();
        var idText = id.map(GenerationId::value).orElse(null);
        return new ErrorEnvelope(problem.httpStatus(), message, null, problem.code(), errors, idText);
    }
}
