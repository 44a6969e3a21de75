package dev.darkroom.http.openai.wire;

import dev.darkroom.http.ErrorCode;

/**
 * How OpenAI names an error.
 *
 * @param type a group of errors
 * @param code what programs act on; the gateway's own code where OpenAI has none
 */
record ErrorKind(String type, String code) {

    private static final String INVALID_REQUEST = "invalid_request_error";

    static ErrorKind of(ErrorCode error) {
        return switch (error) {
            case INVALID_INPUT -> new ErrorKind(INVALID_REQUEST, "invalid_value");
            case UNAUTHORIZED -> new ErrorKind(INVALID_REQUEST, "invalid_api_key");
            case CONTENT_MODERATED -> new ErrorKind(INVALID_REQUEST, "content_policy_violation");
            case INSUFFICIENT_CREDITS, BUDGET_EXCEEDED -> new ErrorKind("insufficient_quota", "insufficient_quota");
            case GENERATION_FAILED -> new ErrorKind("image_generation_error", error.code());
            case QUEUE_FULL -> new ErrorKind("rate_limit_error", "rate_limit_exceeded");
            default -> new ErrorKind(error.httpStatus() < 500 ? INVALID_REQUEST : "server_error", error.code());
        };
    }
}
