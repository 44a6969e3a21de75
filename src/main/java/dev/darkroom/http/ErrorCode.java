package dev.darkroom.http;

/** The errors of requests and of the gateway. The codes are stable: clients may switch on them. */
public enum ErrorCode {
    INVALID_INPUT(400, "invalid_input"),
    INVALID_ID(400, "invalid_id"),
    INVALID_IDEMPOTENCY_KEY(400, "invalid_idempotency_key"),
    CONTENT_MODERATED(400, "content_moderated"),
    UNAUTHORIZED(401, "unauthorized"),
    WEBHOOK_REFUSED(401, "webhook_refused"),
    INSUFFICIENT_CREDITS(402, "insufficient_credits"),
    BUDGET_EXCEEDED(402, "budget_exceeded"),
    PRICE_UNKNOWN(402, "price_unknown"),
    KEY_DISABLED(403, "key_disabled"),
    KEY_EXPIRED(403, "key_expired"),
    ROLE_NOT_ALLOWED(403, "role_not_allowed"),
    GENERATION_NOT_FOUND(404, "generation_not_found"),
    IMAGE_NOT_FOUND(404, "image_not_found"),
    ENDPOINT_NOT_FOUND(404, "endpoint_not_found"),
    MODEL_NOT_FOUND(404, "model_not_found"),
    ROUTE_NOT_FOUND(404, "route_not_found"),
    METHOD_NOT_ALLOWED(405, "method_not_allowed"),
    GENERATION_NOT_ENDED(409, "generation_not_ended"),
    TOO_MANY_ENDPOINTS(409, "too_many_endpoints"),
    ALREADY_SUBMITTED(409, "already_submitted"),
    PREDICTION_MISMATCH(409, "prediction_mismatch"),
    GENERATION_DELETED(410, "generation_deleted"),
    IMAGE_GONE(410, "image_gone"),
    BODY_TOO_LARGE(413, "body_too_large"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type"),
    IDEMPOTENCY_KEY_REUSED(422, "idempotency_key_reused"),
    ANSWER_TOO_LARGE(422, "answer_too_large"),
    GENERATION_FAILED(422, "generation_failed"),
    READ_RESULT_LATER(424, "read_result_later"),
    QUEUE_FULL(429, "queue_full"),
    INTERNAL_ERROR(500, "internal_error"),
    BALANCE_UNREADABLE(502, "balance_unreadable"),
    SIGNING_UNAVAILABLE(503, "signing_unavailable"),
    BALANCE_UNAVAILABLE(503, "balance_unavailable"),
    IMAGES_UNAVAILABLE(503, "images_unavailable"),
    STILL_RUNNING(503, "still_running"),
    STORE_UNAVAILABLE(503, "store_unavailable");

    private final int httpStatus;
    private final String code;

    ErrorCode(int httpStatus, String code) {
        this.httpStatus = httpStatus;
        this.code = code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public String code() {
        return code;
    }
}
