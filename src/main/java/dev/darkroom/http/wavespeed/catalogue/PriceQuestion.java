package dev.darkroom.http.wavespeed.catalogue;

import dev.darkroom.core.catalogue.Violation;

/** The body of a question about a price: {@code {"model_id": "…", "inputs": {…}}}. */
sealed interface PriceQuestion {

    String MODEL = "model_id";
    String INPUTS = "inputs";

    /**
     * What a caller asks the price of.
     *
     * @param inputs the text of the object as it was sent, so that it is read as a submission is; {@code {}} when there
     *     is none
     */
    record Asked(String model, String inputs) implements PriceQuestion {}

    record Refused(Violation violation) implements PriceQuestion {}

    static PriceQuestion of(String body) {
        return body.isBlank()
                ? refused("body", "is missing: send a JSON object")
                : new PriceQuestionReader(body).read();
    }

    static PriceQuestion refused(String field, String message) {
        return new Refused(new Violation(field, message));
    }
}
