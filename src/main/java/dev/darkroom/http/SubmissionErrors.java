package dev.darkroom.http;

import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.errors.StoreUnavailableException;

/** The errors of submissions, in every dialect. */
public final class SubmissionErrors {

    private SubmissionErrors() {}

    public static ApiError of(Submission.Refusal refusal) {
        return switch (refusal) {
            case Submission.QueueFull(var retryAfter) -> ApiError.queueFull(retryAfter);
            case Submission.OverBudget(var limit, var use, var resetsAt) -> ApiError.overBudget(limit, use, resetsAt);
            case Submission.Unpriced(var model) -> ApiError.unpriced(model);
            case Submission.InvalidInput(var violations) -> ApiError.of(ErrorCode.INVALID_INPUT, violations);
            case Submission.UnknownModel(var message) -> ApiError.of(ErrorCode.MODEL_NOT_FOUND, "model", message);
            case Submission.KeyReused() ->
                ApiError.of(ErrorCode.IDEMPOTENCY_KEY_REUSED, KeyHeader.NAME, "was used before for another request");
            case Submission.Deleted() ->
                ApiError.of(
                        ErrorCode.GENERATION_DELETED,
                        KeyHeader.NAME,
                        "was used before for a generation that was deleted; use another key to pay for a new one");
        };
    }

    /** {@code resultPath} is where to read the generation before the request is sent again. */
    public static ApiError of(Submission.NotStored submission, String resultPath) {
        return submission.cause() instanceof StoreUnavailableException
                ? ApiError.storeUnavailable(submission.id(), resultPath)
                : ApiError.internal(submission.id(), resultPath);
    }
}
