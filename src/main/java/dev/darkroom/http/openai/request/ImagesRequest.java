package dev.darkroom.http.openai.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.generation.Metadata;
import java.util.Optional;

/**
 * A request for images, before a model is chosen.
 *
 * @param model as it was sent; empty when the request names none
 * @param images how many are asked for, 1 to 10
 * @param size as it was sent; empty when the model may choose
 * @param isInline whether the answer has the images themselves in place of their addresses
 * @param metadata notes of the caller, which are not sent to a provider
 * @param parameters those that the model has to know, the prompt among them
 */
public record ImagesRequest(
        Optional<String> model,
        int images,
        Optional<String> size,
        boolean isInline,
        Metadata metadata,
        ObjectNode parameters) {}
