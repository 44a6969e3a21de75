package dev.darkroom.domain;

/**
 * Why a generation failed, for the caller to read.
 *
 * @param code stable, in snake case, for programs
 * @param text one sentence for people; it carries no prompt, key or exception text
 */
public record Failure(String code, String text) {

    public Failure {
        text = Characters.whole(text);
    }

    /** The image that was to be submitted never could be; nothing was billed. */
    public static final Failure NEVER_SUBMITTED = new Failure(
            "provider_unavailable",
            "the provider took no submission for too long, so this one was given up; nothing was billed");

    /** The paid call's outcome never became known. It was not repeated, because it may have been billed. */
    public static final Failure SUBMISSION_UNCONFIRMED = new Failure(
            "submission_unconfirmed",
            "the provider never confirmed the submission; it was not sent again, because the first may have been billed");

    /** The catalogue lost the model while the row waited. Nothing was sent. */
    public static final Failure MODEL_REMOVED =
            new Failure("model_not_found", "the model was removed before the request was submitted");

    /** The provider no longer knows a prediction that it had accepted. */
    public static final Failure PREDICTION_GONE =
            new Failure("prediction_not_found", "the provider no longer knows this prediction");

    /** The provider called the prediction completed but named no image. */
    public static final Failure NO_OUTPUTS =
            new Failure("no_outputs", "the provider completed the prediction without any output");
}
