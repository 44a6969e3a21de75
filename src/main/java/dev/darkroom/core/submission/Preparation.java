package dev.darkroom.core.submission;

import dev.darkroom.core.submission.SubmitGeneration.Submission;

/** The result of {@link SubmitGeneration#prepare}. */
public sealed interface Preparation {

    /** The request may be submitted. */
    record Prepared(PreparedRequest request) implements Preparation {}

    /** The request cannot be submitted, whenever it comes. */
    record Refused(Submission.Refusal refusal, boolean dependsOnCatalogue) implements Preparation {}
}
