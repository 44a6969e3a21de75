package dev.darkroom.core.catalogue;

/**
 * Something that an accepted request asked for and does not get, or gets in another way.
 *
 * @param field the parameter
 * @param message what became of it, without repeating the value
 */
public record Warning(String field, String message) {}
