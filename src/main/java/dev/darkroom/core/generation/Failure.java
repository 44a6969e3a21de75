package dev.darkroom.core.generation;

import dev.darkroom.core.text.UnicodeText;
import java.util.Set;

/**
 * Why a generation failed, for the caller to read.
 *
 * @param code stable, in snake case, for programs
 * @param text one sentence for people; it carries no prompt, key or exception text
 */
public record Failure(String code, String text) {

    public Failure {
        text = UnicodeText.toWellFormed(text);
    }

    private static final Set<String> OF_THE_REQUEST = Set.of("content_moderated", "provider_rejected");

    /** The request waited in the queue for too long; nothing was billed. */
    public static final Failure NEVER_SUBMITTED =
            new Failure("provider_unavailable", "the request could not be submitted in time; nothing was billed");

    /** What callers see of a generation that was cancelled. */
    public static final Failure CANCELLED =
            new Failure("cancelled", "the request was cancelled before it was submitted; nothing was billed");

    /** The paid call's outcome never became known. It was not repeated, because it may have been billed. */
    public static final Failure SUBMISSION_UNCONFIRMED = new Failure(
            "submission_unconfirmed",
            "the provider never confirmed the submission; it was not sent again, because the first may have been billed");

    /** Whether the request is to blame: neither the gateway nor the provider was at fault. */
    public boolean isOfTheRequest() {
        return OF_THE_REQUEST.contains(code);
    }

    /** The model was removed from the catalogue while the row was queued. */
    public static Failure modelRemoved(State.Queued queued) {
        return queued.earlier() == null
                ? new Failure("model_not_found", "the model was removed before the request was submitted")
                : SUBMISSION_UNCONFIRMED;
    }

    /** The provider no longer knows a prediction that it had accepted. */
    public static Failure notFound(PredictionId prediction) {
        return new Failure(
                "prediction_not_found",
                "the provider no longer knows prediction %s; it may have been billed".formatted(prediction));
    }

    /** The provider called the prediction completed but named no image. */
    public static Failure noOutputs(PredictionId prediction) {
        return new Failure(
                "no_outputs",
                "the provider completed prediction %s without any output; it may have been billed"
                        .formatted(prediction));
    }

    /** The provider named outputs that this gateway cannot read. */
    public static Failure outputsUnreadable(PredictionId prediction) {
        return new Failure(
                "outputs_unreadable",
                "the outputs of prediction %s are not understood; it was billed, and the provider may still have them"
                        .formatted(prediction));
    }

    /** The prediction did not end in time. */
    public static Failure unfinished(PredictionId prediction) {
        return new Failure(
                "prediction_unfinished",
                "the provider did not finish prediction %s in time; it may have been billed".formatted(prediction));
    }
}
