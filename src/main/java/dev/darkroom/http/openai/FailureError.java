package dev.darkroom.http.openai;

import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ErrorCode;

/** The error that a caller gets whose generation has failed. It is final: a repetition would be a new generation. */
final class FailureError {

    private FailureError() {}

    static ApiError of(Generation generation, Failure failure) {
        var code = switch (failure.code()) {
            case "content_moderated" -> ErrorCode.CONTENT_MODERATED;
            case "insufficient_credits" -> ErrorCode.INSUFFICIENT_CREDITS;
            default -> ErrorCode.GENERATION_FAILED;
        };
        return ApiError.of(code, "Generation %s failed: %s.".formatted(generation.id(), failure.text()))
                .about(generation);
    }
}
