package dev.darkroom.domain;

/**
 * What a caller asked for.
 *
 * @param model the model that draws
 * @param input the validated input as compact JSON: defaults filled in, members in the order of the model's schema, so
 *     that two equal requests are equal texts; it is sent to the provider as it stands
 */
public record GenerationRequest(ModelId model, String input) {}
