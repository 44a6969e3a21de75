package dev.darkroom.jsonschema;

import dev.darkroom.jsonschema.input.JsonBody;

/** The parameters that a caller asks the price of: those of a submission, perhaps without the prompt. */
final class PriceInput {

    /** Stands for any prompt. */
    private static final String ANY_PROMPT = "-";

    private PriceInput() {}

    /** The same body with a prompt if it has none. A body that cannot be read stays as it is, and is refused later. */
    static String withPrompt(String body) {
        if (JsonBody.read(body) instanceof JsonBody.Read(var object) && !object.hasNonNull(Successor.PROMPT)) {
            return object.put(Successor.PROMPT, ANY_PROMPT).toString();
        }
        return body;
    }
}
