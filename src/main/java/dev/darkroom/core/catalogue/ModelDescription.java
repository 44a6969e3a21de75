package dev.darkroom.core.catalogue;

/**
 * What a caller reads about a model before a request.
 *
 * @param name for people
 * @param text for people, one or two sentences
 * @param inputSchema the JSON Schema of the parameters that a request may have, JSON
 */
public record ModelDescription(String name, String text, String inputSchema) {}
